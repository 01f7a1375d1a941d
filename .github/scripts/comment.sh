#!/bin/sh
# A comment as JSON in; posted on the open pull request that the run belongs to, in place of our last one there.
# The request is found by what GitHub says of the run, never by what the run says of itself.
set -eu
body=$1
marker='<!-- causebook diff -->'

gh api --method GET "repos/$GH_REPO/pulls" -f state=open -f "head=$HEAD_OWNER:$HEAD_BRANCH" > pulls.json
number=$(jq -r --arg sha "$HEAD_SHA" --arg repo "$HEAD_REPO" \
    '[.[] | select(.head.sha == $sha and .head.repo.full_name == $repo)][0].number // empty' pulls.json)
if [ -z "$number" ]; then
    echo "No open pull request stands at $HEAD_SHA any more: nothing to say."
    exit 0
fi

ours=$(gh api --paginate "repos/$GH_REPO/issues/$number/comments" | jq -rs --arg marker "$marker" \
    '[.[][] | select(.user.login == "github-actions[bot]" and (.body | startswith($marker)))][0].id // empty')
if [ -n "$ours" ]; then
    gh api --silent --method PATCH "repos/$GH_REPO/issues/comments/$ours" --input "$body"
else
    gh api --silent --method POST "repos/$GH_REPO/issues/$number/comments" --input "$body"
fi
