#!/bin/sh
# A built site and offline zip in; the files of a release in FOLDER out. Run it from the root, after `make site offline`.
set -eu
out=$1
mkdir -p "$out"
cp dist/causebook-offline.zip "$out/"
git archive --format=zip --prefix=causebook-data/ --output="$out/causebook-data.zip" HEAD \
    data content schemas LICENSE-content
for folder in site/handouts dist/handouts; do
    [ -d "$folder" ] || continue
    python3 -c '
import sys, pathlib, zipfile
folder, out = map(pathlib.Path, sys.argv[1:])
if found := sorted(folder.rglob("*.pdf")):
    with zipfile.ZipFile(out, "w") as archive:
        for file in found:
            archive.write(file, file.relative_to(folder))
' "$folder" "$out/causebook-handouts.zip"
done
cd "$out"
sha256sum -- *.zip > SHA256SUMS
