/** Fails the run when a test left a process or a temporary directory behind. Filled by the process room. */
export default function setup(): () => void {
  return () => undefined;
}
