namespace RtpProxy.Protocols.Rtpp.SubCommands;

/// <summary>Which digits are notified, and how (control protocol, section 4.6).</summary>
/// <param name="Tag">Decoded; any bytes. The messages begin with it.</param>
/// <param name="PayloadType">Of the packets that are digits, 0 to 127.</param>
/// <param name="Hide"><c>h</c>: those packets are not relayed.</param>
public sealed record DigitRequest(byte[] Tag, byte PayloadType = DigitRequest.UsualPayloadType, bool Hide = false)
{
    /// <summary>What most phones call <c>telephone-event/8000</c>; the SDP of the party tells.</summary>
    public const byte UsualPayloadType = 101;

    public bool Equals(DigitRequest? other) =>
        other is not null
        && PayloadType == other.PayloadType
        && Hide == other.Hide
        && Tag.AsSpan().SequenceEqual(other.Tag);

    public override int GetHashCode() => HashCode.Combine(PayloadType, Hide, Tag.Length);
}
