using System.Collections.Immutable;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>
/// The option <c>codec</c> without transcoding, and the flag <c>single-codec</c>. Codecs are named as
/// <see cref="SdpCodec.Is"/> says.
/// </summary>
/// <param name="Strip">Removed; <c>all</c> and <c>full</c> name every codec. <c>mask</c> belongs here too.</param>
/// <param name="Except">Kept, where they stood, when all are removed.</param>
/// <param name="Offer">Kept although removed, behind the others and in this order; events and comfort noise come last.</param>
/// <param name="IsSingle">In an answer only the first codec stays, with events and comfort noise.</param>
public sealed record CodecRules(
    ImmutableArray<string> Strip, ImmutableArray<string> Except, ImmutableArray<string> Offer, bool IsSingle)
{
    /// <summary>Every codec stays.</summary>
    public static CodecRules None { get; } = new([], [], [], IsSingle: false);

    /// <summary>True when nothing can change.</summary>
    public bool IsEmpty => Strip.IsEmpty && !IsSingle;

    internal bool StripsAll => Names(Strip, "all") || Names(Strip, "full");

    private static bool Names(ImmutableArray<string> words, string word) =>
        words.Contains(word, StringComparer.OrdinalIgnoreCase);
}
