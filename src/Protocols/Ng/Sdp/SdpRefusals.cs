using System.Collections.Immutable;
using RtpProxy.Protocols.Ng.Options;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>
/// What cannot be done without encrypting ourselves, or within bounds. Media that both parties encrypt alike passes
/// untouched: they share keys, and we see none.
/// </summary>
public static class SdpRefusals
{
    /// <param name="offer">What the offerer sent.</param>
    /// <param name="asked"><c>transport-protocol</c>; <see cref="SdpProfile.None"/> for the offerer's own.</param>
    /// <returns>The <c>error-reason</c>; null when nothing is wrong.</returns>
    public static string? OfOffer(SdpFacts offer, SdpProfile asked)
    {
        ArgumentNullException.ThrowIfNull(offer);
        foreach (SdpMediaFacts media in offer.Media)
        {
            if (media is { NeedsPorts: true, Kind: SdpMediaKind.Rtp }
                && asked != SdpProfile.None && !CanBecome(media.Profile, asked))
            {
                return SdpErrors.SrtpUnsupported;
            }
        }

        return null;
    }

    /// <param name="answer">What the answerer sent.</param>
    /// <param name="offered">The offer that it answers.</param>
    /// <returns>The <c>error-reason</c>; null when nothing is wrong.</returns>
    public static string? OfAnswer(SdpFacts answer, ImmutableArray<OfferedMedia> offered)
    {
        ArgumentNullException.ThrowIfNull(answer);
        foreach (SdpMediaFacts media in answer.Media)
        {
            if (media.Index <= offered.Length && media is { NeedsPorts: true, Kind: SdpMediaKind.Rtp }
                && offered[media.Index - 1].Profile is not SdpProfile.None and var profile && !CanBecome(media.Profile, profile))
            {
                return SdpErrors.SrtpUnsupported;
            }
        }

        return null;
    }

    /// <param name="facts">What a party sent for us alone: nobody else has its keys.</param>
    /// <returns>The <c>error-reason</c>; null when it encrypts nothing.</returns>
    public static string? OfKeys(SdpFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts.Media.Any(media => media is { NeedsPorts: true, IsSecure: true }) ? SdpErrors.SrtpUnsupported : null;
    }

    /// <param name="facts">What a party sent.</param>
    /// <param name="rules"><c>sdp-attr</c>.</param>
    /// <returns>The <c>error-reason</c>; null when what comes of it is no longer than what would be read.</returns>
    public static string? OfLength(SdpFacts facts, ImmutableArray<AttributeRule> rules) =>
        AttributeEdits.Fit(facts, rules) ? null : SdpErrors.TooLong;

    /// <summary>The same where a description is made of what several are known by.</summary>
    public static bool AreTooLong(IReadOnlyCollection<SdpFacts> sources, ImmutableArray<AttributeRule> rules) =>
        !AttributeEdits.Fit(sources, rules);

    // Feedback is a matter of the token; encryption, and where its keys come from, is not.
    private static bool CanBecome(SdpProfile own, SdpProfile other) =>
        own.IsSecure() == other.IsSecure() && own.IsDtls() == other.IsDtls();
}
