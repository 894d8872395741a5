using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>What was decided about one media line before anything is written.</summary>
/// <param name="Media">The line.</param>
/// <param name="Offered">Of an answer: the line that it answers.</param>
/// <param name="Ports">Ours; null when it is refused or not relayed.</param>
/// <param name="Address">Where the receiver shall send; null when that does not matter, since nobody sends.</param>
/// <param name="Codecs">Which codecs are passed on.</param>
internal sealed record MediaFate(
    SdpMediaFacts Media, OfferedMedia? Offered, SdpMediaPorts? Ports, IPAddress? Address, CodecSelection Codecs)
{
    /// <summary>Port 0 is written: it was so, or there is nothing of ours for it.</summary>
    public bool IsRefused => Ports is null && (Media.Port == 0 || Media.Kind != SdpMediaKind.NotRelayed);

    /// <summary>One for each media line that is written; surplus lines of an answer have none.</summary>
    public static ImmutableArray<MediaFate> Of(SdpFacts facts, SdpRewriting plan)
    {
        int count = Math.Min(facts.Media.Length, plan.Answers?.Length ?? int.MaxValue);
        ImmutableArray<MediaFate>.Builder fates = ImmutableArray.CreateBuilder<MediaFate>(count);
        for (int i = 0; i < count; i++)
        {
            SdpMediaFacts media = facts.Media[i];
            OfferedMedia? offered = plan.Answers?[i];
            SdpMediaPorts? ports = media.NeedsPorts && i < plan.Ports.Length ? plan.Ports[i] : null;
            CodecSelection codecs = ports is null ? new CodecSelection(media.Codecs, [])
                : offered is null ? CodecSelection.OfOffer(media.Codecs, plan.Codecs)
                : CodecSelection.OfAnswer(media.Codecs, plan.Codecs, offered.Stripped);
            fates.Add(new MediaFate(media, offered, ports, AddressOf(media, ports, plan), codecs));
        }

        return fates.DrainToImmutable();
    }

    private static IPAddress? AddressOf(SdpMediaFacts media, SdpMediaPorts? ports, SdpRewriting plan)
    {
        if (ports is null)
        {
            return media is { Kind: SdpMediaKind.NotRelayed, Port: not 0 } ? media.Address : null;
        }

        return !media.HasNullAddress || plan.ReplacesNullAddress ? plan.Address
            : plan.Address.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any
            : IPAddress.Any;
    }
}
