using System.Collections.Immutable;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>Which codecs of a media line are passed on.</summary>
/// <param name="Kept">In the order in which they are written.</param>
/// <param name="Stripped">What was removed; taken out of the answer too, should it stand there.</param>
public sealed record CodecSelection(ImmutableArray<SdpCodec> Kept, ImmutableArray<SdpCodec> Stripped)
{
    /// <summary>What the answerer is offered. Which codec is the single one is its choice, not the offer's.</summary>
    /// <param name="codecs">The codecs of the line; not more than 128, since each payload type stands once.</param>
    /// <param name="rules">The options of the message.</param>
    public static CodecSelection OfOffer(ImmutableArray<SdpCodec> codecs, CodecRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return Of(codecs, rules with { IsSingle = false }, []);
    }

    /// <summary>What of an answer the offerer is told.</summary>
    /// <param name="codecs">The codecs of the line; not more than 128, since each payload type stands once.</param>
    /// <param name="rules">The options of the message.</param>
    /// <param name="strippedBefore">What was stripped from the offer.</param>
    public static CodecSelection OfAnswer(
        ImmutableArray<SdpCodec> codecs, CodecRules rules, ImmutableArray<SdpCodec> strippedBefore)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return Of(codecs, rules, strippedBefore);
    }

    // Everything is kept where no codec would be left.
    private static CodecSelection Of(
        ImmutableArray<SdpCodec> codecs, CodecRules rules, ImmutableArray<SdpCodec> strippedBefore)
    {
        if (rules.IsEmpty && strippedBefore.IsEmpty)
        {
            return new CodecSelection(codecs, []);
        }

        List<SdpCodec> kept = Keep(codecs, rules, strippedBefore);
        int first = kept.FindIndex(codec => !codec.IsSupplemental);
        if (first < 0)
        {
            return new CodecSelection(codecs, []);
        }

        if (rules.IsSingle)
        {
            SdpCodec only = kept[first];
            kept.RemoveAll(codec => codec != only && !codec.IsSupplemental);
        }

        return new CodecSelection([.. kept], [.. codecs.Where(codec => !kept.Contains(codec))]);
    }

    private static List<SdpCodec> Keep(
        ImmutableArray<SdpCodec> codecs, CodecRules rules, ImmutableArray<SdpCodec> strippedBefore)
    {
        bool stripsAll = rules.StripsAll;
        List<SdpCodec> kept = [];
        List<SdpCodec> removed = [];
        foreach (SdpCodec codec in codecs)
        {
            if (strippedBefore.Any(codec.IsSameAs))
            {
                continue; // The offerer's other party never saw it: no option brings it back.
            }

            bool isStripped = IsAmong(rules.Strip, codec) || (stripsAll && !IsAmong(rules.Except, codec));
            (isStripped ? removed : kept).Add(codec);
        }

        SdpCodec[] offered = [.. rules.Offer.SelectMany(rule => removed.Where(codec => codec.Is(rule))).Distinct()];
        return offered.Length == 0 ? kept
            : [.. kept.Concat(offered).OrderBy(codec => codec.IsSupplemental)]; // a stable order: codecs first
    }

    private static bool IsAmong(ImmutableArray<string> rules, SdpCodec codec)
    {
        foreach (string rule in rules)
        {
            if (codec.Is(rule))
            {
                return true;
            }
        }

        return false;
    }
}
