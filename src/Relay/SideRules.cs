namespace RtpProxy.Relay;

/// <summary>What holds between the two sides.</summary>
public static class SideRules
{
    public static Side Opposite(this Side side) => side == Side.Caller ? Side.Callee : Side.Caller;
}
