namespace RtpProxy.Rtp;

/// <summary>
/// A run of packets whose sequence numbers follow on from each other (media rules, section 4.2). All values are modulo
/// 2^32.
/// </summary>
/// <param name="Minimum">Lowest extended sequence number.</param>
/// <param name="Maximum">Highest extended sequence number.</param>
/// <param name="Offset">65,536 times the wraps seen so far by the stream, earlier runs included.</param>
/// <param name="Count">Different packets; 0 when there is no run yet.</param>
/// <param name="Duplicates">Packets that came again.</param>
public readonly record struct SequenceRun(uint Minimum, uint Maximum, uint Offset, uint Count, uint Duplicates)
{
    /// <summary>Packets that the sender must have sent between <see cref="Minimum"/> and <see cref="Maximum"/>.</summary>
    public uint Sent => Count == 0 ? 0 : Maximum - Minimum + 1;
}
