namespace RtpProxy.Rtp;

/// <summary>
/// RTP timestamp (RFC 3550 section 5.1): media units at the clock rate of the payload type, modulo 2^32, with a random
/// start. It is not a time, and it has no order, only distances.
/// </summary>
public readonly record struct RtpTimestamp(uint Value)
{
    /// <summary>Units from <paramref name="earlier"/> to this timestamp; negative when this is older.</summary>
    public int DistanceFrom(RtpTimestamp earlier) => (int)(Value - earlier.Value);

    /// <summary>The timestamp <paramref name="units"/> further on, modulo 2^32.</summary>
    public RtpTimestamp Add(int units) => new(Value + (uint)units);

    public override string ToString() => $"{Value}";
}
