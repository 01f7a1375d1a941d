#!/bin/sh
# LABEL, TITLE and a Markdown FILE in; one open issue with that label out. An empty file closes it.
set -eu
label=$1 title=$2 file=$3

gh label create "$label" --force --color 5A6B7B --description "Kept by a weekly workflow" > /dev/null
number=$(gh issue list --state open --label "$label" --author "app/github-actions" --json number --jq '.[0].number // empty')

if [ ! -s "$file" ]; then
    [ -z "$number" ] || gh issue close "$number" --comment "Nothing is left on the list."
elif [ -n "$number" ]; then
    gh issue edit "$number" --body-file "$file"
else
    gh issue create --title "$title" --label "$label" --body-file "$file"
fi
