namespace RtpProxy.Rtp;

/// <summary>RTP sequence number (RFC 3550 section 5.1): 16 bits that wrap, so it has no order, only distances.</summary>
public readonly record struct SequenceNumber(ushort Value)
{
    /// <summary>The following number; 65,535 is followed by 0.</summary>
    public SequenceNumber Next => new((ushort)(Value + 1));

    /// <summary>Steps from <paramref name="earlier"/> to this number, -32,768 to 32,767; negative when this is older.</summary>
    public short DistanceFrom(SequenceNumber earlier) => (short)(Value - earlier.Value);

    /// <summary>The number <paramref name="steps"/> further on, modulo 65,536.</summary>
    public SequenceNumber Add(int steps) => new((ushort)(Value + steps));

    public override string ToString() => $"{Value}";
}
