# What the helper shell of a target knows. POSIX: dash, bash, busybox. It is read from standard input before anything
# else; then each request is one line that calls a function. A reply ends in a line "<token> = ...". Nothing here waits
# for a step: one that runs has a session of its own, and is looked at by its marker directory.

hf_at() { printf '\n%s %s\n' "$hf_t" "$*"; }

# hf_begin TOKEN NOTICE WRAPPER: where markers lie, and what the machine has.
hf_begin() {
  hf_t=$1 hf_n=$2 hf_w=$3
  # What start-up files may have left: another shell, options, functions in the place of programs.
  if [ -n "${ZSH_VERSION:-}" ]; then emulate sh; fi
  if [ -n "${BASH_VERSION:-}" ]; then export -n SHELLOPTS BASHOPTS; fi
  set +efuvxC
  hf_o='cat mkdir rm tail head grep tee'
  unset -f $hf_o kill date 2>/dev/null
  { set -- $hf_o; } >/dev/null
  [ "$#" = 7 ] || { hf_at fail no-shell 'it does not do what POSIX says, or may not'; exit 1; }
  hf_e=
  [ -r /proc/self/stat ] || set -- "$@" ps
  for hf_o in sh "$@"; do command -v "$hf_o" >/dev/null || hf_e="$hf_e $hf_o"; done
  [ -z "$hf_e" ] || { hf_at fail no-shell "these are not on its PATH (${PATH:-}):$hf_e"; exit 1; }
  hf_sh=$(command -v sh) hf_tee=$(command -v tee)
  hf_u=$(umask)
  umask 077
  hf_bash=$(command -v bash) || hf_bash=
  if hf_set=$(command -v setsid); then :
  elif hf_set=$(command -v perl); then hf_set="$hf_set -MPOSIX -e POSIX::setsid();exec(@ARGV)"
  else hf_set=
  fi
  hf_boot=none
  if [ -r /proc/sys/kernel/random/boot_id ]; then read -r hf_boot </proc/sys/kernel/random/boot_id
  elif [ ! -r /proc/self/stat ]; then hf_boot=$(sysctl -n kern.boottime | tr -cd '0-9') || hf_boot=none
  fi
  hf_place && hf_at ready "$hf_boot"
}

# The home's state directory; for an account without a home a directory of its own in /var/tmp or /tmp, that nobody else made.
hf_place() {
  hf_state_home=${XDG_STATE_HOME:-${HOME:+$HOME/.local/state}}
  if [ -n "$hf_state_home" ] && hf_e=$(LC_ALL=C mkdir -p "$hf_state_home/holdfast-steps" 2>&1); then
    hf_runs=$hf_state_home/holdfast-steps
    return
  fi
  case $hf_e in *'No space left'* | *'quota exceeded'*) hf_at fail marker-directory "$hf_e"; return 1 ;; esac
  if [ -n "$hf_state_home" ] && [ -d "$hf_state_home/holdfast-steps" ]; then
    hf_at fail marker-directory "$hf_e"
    return 1
  fi
  hf_uid=$(id -u)
  for hf_o in /var/tmp /tmp; do
    hf_o=$hf_o/holdfast-steps-$hf_uid
    [ -d "$hf_o" ] || hf_e=$(LC_ALL=C mkdir "$hf_o" 2>&1)
    if [ -d "$hf_o" ] && { [ -L "$hf_o" ] || [ ! -O "$hf_o" ]; }; then hf_e="$hf_o belongs to somebody else"; continue; fi
    [ -d "$hf_o" ] && [ -w "$hf_o" ] || continue
    hf_runs=$hf_o
    return
  done
  hf_at fail marker-directory "$hf_e"
  return 1
}

# hf_start RUN STEP INTERPRETER DIRECTORY SCRIPT [NAME VALUE]...: started, there (it was before), or fail.
# The directory of the marker is made once and by one alone; who made it may start the step.
hf_start() {
  hf_m=$hf_runs/$1/$2 hf_mark=":$1/$2:" hf_i=$hf_sh hf_d=$4
  [ -z "$hf_bash" ] || hf_i=$hf_bash
  if [ "$3" = bash ] && [ -z "$hf_bash" ]; then hf_at = fail no-bash; return; fi
  case $hf_d in '~') hf_d=${HOME:-/} ;; '~/'*) hf_d=${HOME:-}/${hf_d#??} ;; esac
  if [ -n "$hf_d" ] && ! { [ -d "$hf_d" ] && [ -x "$hf_d" ]; }; then hf_at = fail directory; return; fi
  [ -d "$hf_runs/$1" ] || mkdir -p "$hf_runs/$1" 2>/dev/null
  if ! mkdir "$hf_m" 2>/dev/null; then
    if [ -d "$hf_m" ]; then hf_at = there; return; fi
    hf_e=$(LC_ALL=C mkdir "$hf_m" 2>&1)
    hf_at = fail marker "$hf_e"
    return
  fi
  if ! printf '%s\n' "$5" 2>/dev/null >"$hf_m/script"; then
    rm -rf "$hf_m"
    hf_at = fail marker 'No space left on device'
    return
  fi
  shift 5
  # Two forks, so that nobody here is its parent: it outlives this shell and is none of this shell's tree.
  (
    exec 9>&2 </dev/null >/dev/null 2>&1
    cd "${hf_d:-${HOME:-/}}" || cd /
    while [ $# -gt 0 ]; do
      export "$1=$2"
      shift 2
    done
    export HOLDFAST_STEP="$hf_mark${HOLDFAST_STEP:-}"
    $hf_set "$hf_sh" -c "$hf_w" holdfast-step "$hf_m" "$hf_i" "$hf_n" "$hf_tee" "$hf_u" "$hf_boot" &
  )
  hf_at = started
}

# What stands in a marker: exit N (with `cut`: not all of its output could be kept), ending N (its output is still held open by somebody), running PID, starting, nothing,
# never, lost WHY; absent when there is no marker.
hf_look() {
  hf_r=absent hf_pid= hf_s= hf_b=
  [ -d "$hf_m" ] || return 0
  hf_r=nothing
  if hf_ended; then return; fi
  [ -f "$hf_m/begun" ] || return 0
  if ! read -r hf_pid hf_s hf_b <"$hf_m/begun"; then hf_r=starting hf_pid= ; return; fi
  case $hf_pid in
    never) hf_r=never hf_pid= ; return ;;
    removed) hf_r='lost removed' hf_pid= ; return ;;
  esac
  if [ "$hf_b" != "$hf_boot" ]; then hf_r='lost restarted' hf_pid= ; return; fi
  hf_start_of "$hf_pid"
  if [ "$hf_o" = "$hf_s" ]; then
    hf_r="running $hf_pid"
    if hf_said status; then hf_r="ending $hf_o"; fi
    return
  fi
  # It may have ended between the two looks.
  hf_ended || hf_r='lost gone'
}

hf_ended() {
  hf_said exit || return
  hf_r="exit $hf_o"
  if [ -f "$hf_m/cut" ]; then hf_r="$hf_r cut"; fi
}

# What was written into a file that is made with a dash in it.
hf_said() {
  [ -f "$hf_m/$1" ] && read -r hf_o <"$hf_m/$1" && [ "$hf_o" != - ]
}

# When a process began, so that its number used again is not taken for it; empty when it is gone or only waits to be reaped.
hf_start_of() {
  hf_o=
  if [ -r /proc/self/stat ]; then
    [ -r "/proc/$1/stat" ] && read -r hf_o 2>/dev/null <"/proc/$1/stat" || return 0
    hf_fields ${hf_o##*) }
  else
    hf_o=$(LC_ALL=C ps -o lstart= -p "$1" | tr -cd 'A-Za-z0-9:')
  fi
}

hf_fields() {
  case $1 in Z | X) hf_o= ;; *) hf_o=${20} ;; esac
}

# hf_more RUN STEP OUT ERR LIMIT: what came after these offsets, in at most so many bytes of each stream, and the state. The
# state is looked at first: after an exit the files are whole.
hf_more() {
  hf_m=$hf_runs/$1/$2
  hf_look
  hf_flow out "$3" "$5"
  hf_at o
  hf_flow err "$4" "$5"
  hf_at e
  hf_at = "$hf_r"
}

hf_flow() {
  [ -s "$hf_m/$1" ] || return 0
  case $hf_r in
    exit*) if [ "$2" = 0 ]; then cat "$hf_m/$1"; else tail -c "+$(($2 + 1))" "$hf_m/$1"; fi ;;
    *) tail -c "+$(($2 + 1))" "$hf_m/$1" | head -c "$3" ;;
  esac 2>/dev/null
}

# hf_claim RUN STEP: what had not begun by now never will. `new` at the end: there was no marker.
hf_claim() {
  hf_m=$hf_runs/$1/$2 hf_new=
  [ -d "$hf_m" ] || hf_new=new
  if ! hf_e=$(LC_ALL=C mkdir -p "$hf_m" 2>&1); then hf_at = fail marker "$hf_e"; return; fi
  (set -C; printf 'never\n' >"$hf_m/begun") 2>/dev/null
  hf_look
  hf_at = "$hf_r" "$hf_new"
}

# hf_removed RUN STEP: it had begun, and somebody took its marker away: so it stands in a new one.
hf_removed() {
  hf_m=$hf_runs/$1/$2
  LC_ALL=C mkdir -p "$hf_m" 2>/dev/null && printf 'removed\n' >"$hf_m/begun"
  hf_at =
}

# hf_times RUN STEP: seconds of this machine's clock: began, ended, now. What runs began by as much before now as the machine has been up since: its
# clock may have been set meanwhile.
hf_times() {
  hf_m=$hf_runs/$1/$2
  hf_e=- hf_now=$(date +%s)
  hf_since=$(date -r "$hf_m/begun" +%s 2>/dev/null || echo -)
  if hf_said exit; then hf_e=$(date -r "$hf_m/exit" +%s 2>/dev/null) || hf_e=-
  elif [ -r /proc/uptime ] && read -r hf_o hf_s hf_b <"$hf_m/begun" && [ "${hf_s:-0}" -gt 0 ] 2>/dev/null; then
    read -r hf_o hf_b </proc/uptime
    hf_o=$((${hf_o%%.*} - hf_s / $(getconf CLK_TCK 2>/dev/null || echo 100)))
    [ "$hf_o" -lt 0 ] || hf_since=$((hf_now - hf_o))
  fi
  hf_at = "$hf_since" "$hf_e" "$hf_now"
}

# hf_tree RUN STEP: the processes of this machine, and those that carry the mark of the step.
hf_tree() {
  hf_m=$hf_runs/$1/$2
  hf_look
  if [ -r /proc/self/stat ]; then
    cat /proc/[0-9]*/stat 2>/dev/null
    hf_at o
    grep -lF -- ":$1/$2:" /proc/[0-9]*/environ 2>/dev/null
  else
    LC_ALL=C ps -axo pid=,ppid=,pgid=,stat=
    hf_at o
    ps -axEwwo pid=,command= | grep -F -- ":$1/$2:" | grep -vF -- 'grep -F'
  fi
  hf_at e
  hf_at = "${hf_pid:-0}" "$hf_r"
}

# hf_signal NAME PID...
hf_signal() {
  hf_s=$1
  shift
  for hf_o in "$@"; do kill -s "$hf_s" "$hf_o" 2>/dev/null; done
  hf_at = sent
}

# hf_dead RUN STEP LEADER: everything of it was killed: so it stands in its marker. Where /proc hides the processes of others (hidepid): or `hidden`,
# when somebody whom this account may not kill is still in the group of its first shell; `dying`, when somebody there only waits to be reaped.
# LEADER 0 asks about no group.
hf_dead() {
  hf_m=$hf_runs/$1/$2
  if [ "$3" -gt 1 ] && [ -r /proc/self/stat ] && [ ! -r /proc/1/stat ]; then
    case $(LC_ALL=C && export LC_ALL && kill -s 0 -- "-$3" 2>&1) in
      *'not permitted'*) hf_at = hidden; return ;;
      '') hf_at = dying; return ;;
    esac
  fi
  hf_said exit || printf '137\n' 1<>"$hf_m/exit"
  hf_at = noted
}

# hf_forget RUN
hf_forget() {
  hf_e=$(LC_ALL=C rm -rf "${hf_runs:?}/$1" 2>&1)
  hf_at = "$hf_e"
}

# hf_who DATABASE: facts by which this machine is known.
hf_who() {
  hf_o=
  if [ -r /etc/machine-id ]; then read -r hf_o </etc/machine-id
  elif command -v ioreg >/dev/null; then
    hf_o=$(ioreg -rd1 -c IOPlatformExpertDevice | sed -n 's/.*"IOPlatformUUID" = "\(.*\)"/\1/p')
  fi
  printf 'machine-id %s\nhost-name %s\n' "$hf_o" "$(uname -n)"
  if [ "$1" = yes ]; then
    hf_o=$(psql -XAtqc 'select system_identifier from pg_control_system()' postgres 2>/dev/null </dev/null) ||
      hf_o=$(LC_ALL=C pg_controldata 2>/dev/null | sed -n 's/^Database system identifier: *//p')
    printf 'database-system %s\n' "$hf_o"
  fi
  hf_at =
}
