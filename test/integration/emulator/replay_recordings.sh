#!/bin/sh
# Replays recorded Google traffic against an emulator: replay_recordings.sh EMULATOR_SERVER SOURCE_DIR.
# The recordings lie beside a checkout, not in it; without them, or without python3, the test is skipped (77).
set -eu
server=$1
replay=$2/../shared/tools/replay_google.py
recorded=$2/../shared/vectors/google-recorded.jsonl

for file in "$replay" "$recorded"; do
  if [ ! -f "$file" ]; then
    echo "skipped: $file does not exist"
    exit 77
  fi
done
if ! command -v python3 > /dev/null; then
  echo "skipped: python3 is not installed"
  exit 77
fi

pipes=$(mktemp -d)
trap 'rm -rf "$pipes"' EXIT
mkfifo "$pipes/stdin" "$pipes/stdout"
# The account that the recordings were made with: they name it as an editor.
account=telegram-budgeter@telegram-budgeter.iam.gserviceaccount.com
"$server" --token replay --token-account "$account" < "$pipes/stdin" > "$pipes/stdout" &
exec 3> "$pipes/stdin" 4< "$pipes/stdout"  # closing 3 ends the server
read -r greeting <&4
status=0
python3 "$replay" --base "${greeting#listening on }" --token replay --file "$recorded" || status=$?
exec 3>&-
wait
exit "$status"
