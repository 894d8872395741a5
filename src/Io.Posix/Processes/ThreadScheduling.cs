using System.Globalization;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Processes;

/// <summary>
/// Scheduling of the process. On Linux it belongs to each thread, so all threads that exist are changed, before the packet
/// workers are started and take it over. Threads that the runtime adds later, for control sockets, do not always inherit it,
/// and need not: the media is what must not wait.
/// </summary>
public static unsafe class ThreadScheduling
{
    /// <summary>Gives all threads the highest priority of a real-time policy.</summary>
    /// <returns>Why that was refused; null if it was not.</returns>
    public static string? SetRealTime(SchedulingPolicy policy)
    {
        int priority = LibC.sched_get_priority_max((int)policy);
        return ForEachThread(thread => SetScheduler(thread, policy, priority));
    }

    /// <param name="nice">-20, first in line, to 20, last.</param>
    /// <returns>Why that was refused; null if it was not.</returns>
    public static string? SetNice(int nice) =>
        ForEachThread(thread => LibC.setpriority(LibC.PRIO_PROCESS, (uint)thread, nice));

    private static int SetScheduler(int thread, SchedulingPolicy policy, int priority) =>
        LibC.sched_setscheduler(thread, (int)policy, &priority);

    private static string? ForEachThread(Func<int, int> change)
    {
        const Errno NoSuchThread = (Errno)3; // ESRCH: it ended in the meantime.
        HashSet<string> done = [];
        string[] added;

        // A thread that has its turn to come may start another one meanwhile: until nobody new is found.
        do
        {
            added = [.. Directory.GetDirectories("/proc/self/task").Where(done.Add)];
            foreach (string path in added)
            {
                int thread = int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture);
                if (change(thread) != 0 && LibC.LastErrno is not NoSuchThread)
                {
                    return LibC.Describe(LibC.LastErrno);
                }
            }
        }
        while (added.Length > 0);

        return null;
    }
}
