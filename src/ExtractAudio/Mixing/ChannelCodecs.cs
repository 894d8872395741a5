using RtpProxy.Codecs;
using RtpProxy.Codecs.G711;
using RtpProxy.Rtp;

namespace RtpProxy.ExtractAudio.Mixing;

/// <summary>The decoders of one channel, made when their payload type first comes.</summary>
internal sealed class ChannelCodecs(Complaints complaints) : IDisposable
{
    private readonly Dictionary<PayloadType, IAudioDecoder?> _decoders = [];

    /// <summary>Null for a payload type that cannot be decoded, or whose library is not installed.</summary>
    public IAudioDecoder? For(PayloadType payloadType)
    {
        if (!_decoders.TryGetValue(payloadType, out IAudioDecoder? decoder))
        {
            decoder = Create(payloadType);
            _decoders.Add(payloadType, decoder);
        }

        return decoder;
    }

    public void Dispose()
    {
        foreach (IAudioDecoder? decoder in _decoders.Values)
        {
            decoder?.Dispose();
        }
    }

    private IAudioDecoder? Create(PayloadType payloadType)
    {
        try
        {
            return payloadType.Value switch
            {
                0 => new G711Decoder(G711Law.MuLaw),
                3 => new GsmDecoder(),
                8 => new G711Decoder(G711Law.ALaw),
                9 => new G722Decoder(),
                18 => new G729Decoder(),
                _ => null, // G.723.1 has no free decoder
            };
        }
        catch (CodecLibraryMissingException missing)
        {
            complaints.AddOnce(missing.Message);
            return null;
        }
    }
}
