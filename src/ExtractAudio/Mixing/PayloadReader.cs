using Microsoft.Win32.SafeHandles;
using RtpProxy.ExtractAudio.Loading;

namespace RtpProxy.ExtractAudio.Mixing;

/// <summary>Fetches payloads from the recordings, which stay open, or from the temporary file.</summary>
internal sealed class PayloadReader(SafeFileHandle? answer, SafeFileHandle? originate, SpillFile spill)
{
    private readonly byte[] _payload = new byte[ushort.MaxValue];

    /// <summary>The payload; valid until the next call. Shorter than it was if the file has been cut since.</summary>
    public ReadOnlySpan<byte> Read(in PacketEntry packet)
    {
        Span<byte> payload = _payload.AsSpan(0, packet.PayloadLength);
        int read = packet.Store switch
        {
            PayloadStore.AnswerRecording when answer is not null => RandomAccess.Read(answer, payload, packet.PayloadOffset),
            PayloadStore.OriginateRecording when originate is not null =>
                RandomAccess.Read(originate, payload, packet.PayloadOffset),
            PayloadStore.Spill => spill.ReadAt(packet.PayloadOffset, payload),
            _ => 0,
        };
        return payload[..read];
    }
}
