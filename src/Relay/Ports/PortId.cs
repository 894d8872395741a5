namespace RtpProxy.Relay.Ports;

/// <summary>
/// Names one open UDP socket of one worker: a small dense number that the host chooses and may use again after
/// <see cref="IPortTable.Close"/>.
/// </summary>
public readonly record struct PortId(int Value)
{
    public static PortId None => new(-1);
}
