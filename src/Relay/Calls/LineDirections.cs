namespace RtpProxy.Relay.Calls;

/// <summary>What directions mean.</summary>
public static class LineDirections
{
    /// <summary>The party says that it sends.</summary>
    public static bool Sends(this LineDirection direction) => direction is LineDirection.SendReceive or LineDirection.SendOnly;

    /// <summary>The party says that it hears.</summary>
    public static bool Receives(this LineDirection direction) => direction is LineDirection.SendReceive or LineDirection.ReceiveOnly;
}
