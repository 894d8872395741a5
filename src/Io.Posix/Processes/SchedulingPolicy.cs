namespace RtpProxy.Io.Posix.Processes;

/// <summary>The real-time policies of sched(7).</summary>
public enum SchedulingPolicy
{
    /// <summary>SCHED_FIFO: a thread runs until it blocks.</summary>
    FirstInFirstOut = 1,

    /// <summary>SCHED_RR: threads of one priority take turns.</summary>
    RoundRobin = 2,
}
