namespace RtpProxy.Io.Net.ControlEndpoints.Loop;

/// <summary>Calls once, on the loop's thread, some time after it was last set.</summary>
/// <remarks>Owned by the loop's thread.</remarks>
internal sealed class LoopTimer(ControlLoop loop, Action onDue)
{
    /// <summary>By <see cref="Environment.TickCount64"/>.</summary>
    public long DueAt { get; private set; }

    public void Set(TimeSpan after)
    {
        DueAt = Environment.TickCount64 + (long)after.TotalMilliseconds;
        loop.Timers.Add(this);
    }

    public void Clear() => loop.Timers.Remove(this);

    internal void Fire() => onDue();
}
