import { deadlineReached, type RunBrake } from '../import/brake.ts';

/** The next moment after `now` at which the clocks here show this time. Milliseconds since 1970. @param time `05:30` */
export function nextTime(time: string, now: number): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const moment = new Date(now);
  moment.setHours(hours, minutes, 0, 0);
  if (moment.getTime() <= now) {
    // Not 24 hours later: a night in which the clocks are changed is longer or shorter.
    moment.setDate(moment.getDate() + 1);
    moment.setHours(hours, minutes, 0, 0);
  }
  return moment.getTime();
}

/** Pulls the brake at the deadline. The returned function calls it off. */
export function watchDeadline(time: string, now: number, brake: RunBrake): () => void {
  const timer = setTimeout(() => brake.pull(deadlineReached(time)), nextTime(time, now) - now);
  return () => clearTimeout(timer);
}
