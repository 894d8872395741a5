namespace RtpProxy.Load;

/// <summary>Calls that come and go beside the measured ones, evenly in time.</summary>
internal sealed class PassingCalls(IRelayUnderTest relay, int perSecond)
{
    private double _due;
    private int _count;

    /// <summary>Asks for the calls of this much time.</summary>
    public void Advance(TimeSpan time)
    {
        for (_due += perSecond * time.TotalSeconds; _due >= 1; _due--)
        {
            relay.PassCall(_count++);
        }
    }
}
