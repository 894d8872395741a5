using RtpProxy.Codecs;
using RtpProxy.Codecs.G711;
using RtpProxy.Rtp;

namespace RtpProxy.MakeAnn;

/// <summary>One kind of prompt file.</summary>
/// <param name="PayloadType">Also the suffix of the file.</param>
/// <param name="Name">For people.</param>
/// <param name="PadsLastBlock">A last block below 160 samples is filled up with silence.</param>
/// <param name="CreateEncoder">Fails when the library of the codec is not installed.</param>
internal sealed record PromptEncoding(
    PayloadType PayloadType,
    string Name,
    bool PadsLastBlock,
    Func<IAudioEncoder> CreateEncoder)
{
    /// <summary>In the order in which the files are created.</summary>
    public static IReadOnlyList<PromptEncoding> All(bool detectVoice) =>
    [
        new(PayloadType.Pcmu, "PCMU", false, () => new G711Encoder(G711Law.MuLaw)),
        new(PayloadType.Gsm, "GSM 06.10", true, () => new GsmEncoder()),
        new(PayloadType.G729, "G.729", true, () => new G729Encoder(detectVoice)),
        new(PayloadType.Pcma, "PCMA", false, () => new G711Encoder(G711Law.ALaw)),
        new(PayloadType.G722, "G.722", true, () => new G722Encoder()),
    ];
}
