namespace RtpProxy.Rtp;

/// <summary>What of a <see cref="ReceptionState"/> means something.</summary>
[Flags]
internal enum ReceptionFlags : byte
{
    None = 0,

    /// <summary>A packet was received.</summary>
    HasPacket = 1,

    /// <summary>There is a number that counts as received although it was not.</summary>
    HasEcho = 2,
}
