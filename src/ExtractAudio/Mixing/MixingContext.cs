using RtpProxy.Codecs;
using RtpProxy.ExtractAudio.Loading;

namespace RtpProxy.ExtractAudio.Mixing;

/// <summary>What the decoders of all channels share.</summary>
/// <param name="Payloads">Where payloads come from.</param>
/// <param name="Spill">Where packets are that are not in memory.</param>
/// <param name="Complaints">For codecs that are missing.</param>
/// <param name="PacketDone">Called after each packet.</param>
internal sealed record MixingContext(PayloadReader Payloads, SpillFile Spill, Complaints Complaints, Action PacketDone)
{
    /// <summary>Samples that came out of packets, silence between them not counted.</summary>
    public long DecodedSamples { get; set; }

    /// <summary>Room for one decoded payload, used within a call.</summary>
    public short[] Scratch { get; } = new short[IAudioDecoder.MaxSamples];
}
