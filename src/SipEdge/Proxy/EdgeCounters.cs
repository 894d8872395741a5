namespace RtpProxy.SipEdge.Proxy;

/// <summary>What has happened since the start. Every message received ends in exactly one of the outcomes.</summary>
internal sealed class EdgeCounters
{
    private readonly long[] _values = new long[Enum.GetValues<EdgeCounter>().Length];

    public void Count(EdgeCounter counter) => Interlocked.Increment(ref _values[(int)counter]);

    public long Read(EdgeCounter counter) => Interlocked.Read(ref _values[(int)counter]);
}
