# Runs one step in a session of its own: $1 marker, $2 interpreter, $3 notice, $4 tee, $5 umask, $6 boot. Its first act is `begun`, which
# only one can make; its last is `exit`. Output goes through pipes, so that `> /dev/stderr` in a step empties nothing, and
# to tee, which reads on when the disk is full: a step is not ended because what it says cannot be kept. `cut` tells of it.
# Variables of its own start with _hf_: the step's environment is in this shell too.
set -C
umask 077
trap : HUP INT TERM
if [ -r /proc/self/stat ]; then
  read -r _hf_s </proc/self/stat
  _hf_pid=${_hf_s%% *}
  set -- "$1" "$2" "$3" "$4" "$5" "$6" ${_hf_s##*) }
  _hf_s=${26}
else
  _hf_pid=$$
  _hf_s=$(LC_ALL=C ps -o lstart= -p $$ | tr -cd 'A-Za-z0-9:')
fi
# Room for the last words is taken before the beginning: a step may fill the disk.
printf '%s\n' - >"$1/status" && printf '%s\n' - >"$1/exit" || exit
printf '%s %s %s\n' "$_hf_pid" "$_hf_s" "$6" >"$1/begun" || exit
{
  trap : HUP INT TERM
  {
    trap : HUP INT TERM
    (umask "$5"; exec "$2" "$1/script" 2>&8 8>&- 9>&-)
    printf '%s\n' "$?" 1<>"$1/status"
  } | {
    trap '' HUP INT TERM
    exec "$4" "$1/out" >/dev/null 8>&- 9>&-
  } || true >"$1/cut"
} 8>&1 | {
  trap '' HUP INT TERM
  exec "$4" "$1/err" >/dev/null 9>&-
} || true >"$1/cut"
read -r _hf_s <"$1/status"
case $_hf_s in - | '') _hf_s=137 ;; esac
printf '%s\n' "$_hf_s" 1<>"$1/exit"
printf '\n%s\n' "$3" >&9
