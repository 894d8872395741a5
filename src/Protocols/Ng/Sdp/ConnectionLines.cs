using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using RtpProxy.Sip;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>The <c>c=</c> lines: that of the session for all media that agree, one of its own for each that does not.</summary>
internal static class ConnectionLines
{
    public static void Rewrite(SdpFacts facts, SdpRewriting plan, ImmutableArray<MediaFate> fates, SdpEdits edits)
    {
        IPAddress? shared = facts.Session.Connection is null ? null : SharedAddress(facts.Session, plan, fates);
        if (shared is not null)
        {
            ReplaceAddress(facts.Session.Connection!, shared, edits);
        }

        foreach (MediaFate fate in fates)
        {
            if (fate.Media.Section.Connection is { } own)
            {
                if (fate.Ports is not null)
                {
                    ReplaceAddress(own, fate.Address!, edits);
                }
                else if (fate.IsRefused && fate.Media.Section.Address is { } told && !SdpWords.IsNull(told))
                {
                    ReplaceAddress(own, plan.Address, edits); // Nobody sends there, but it need not be known.
                }
            }
            else if (fate.Address is { } address && !address.Equals(shared))
            {
                edits.AddBehind(TitleOf(fate.Media), Line(address));
            }
        }
    }

    public static string Line(IPAddress address) => "c=" + Words(address);

    /// <summary><c>IN IP4 192.0.2.1</c></summary>
    public static string Words(IPAddress address) => $"IN IP{FamilyDigit(address)} {address}";

    /// <summary>Replaces the address of a <c>c=</c> or <c>o=</c> line, and its family where that changes.</summary>
    public static void ReplaceAddress(SdpAddress place, IPAddress address, SdpEdits edits)
    {
        if (IPAddress.TryParse(place.Address.In(edits.Text), out IPAddress? present) && present.Equals(address))
        {
            return; // However it was written.
        }

        char digit = FamilyDigit(address);
        if (place.FamilyDigit.In(edits.Text)[0] == digit)
        {
            edits.Replace(place.Address, address.ToString());
        }
        else
        {
            edits.Replace(place.FamilyDigitAndAddress, $"{digit} {address}");
        }
    }

    // What the first medium needs that is relayed and has no line of its own. When only media that is not relayed depends on
    // the line it stays as it was; when nothing does it still must not name the party's own address to one that looks there.
    private static IPAddress SharedAddress(SdpSection session, SdpRewriting plan, ImmutableArray<MediaFate> fates)
    {
        IPAddress? others = null;
        foreach (MediaFate fate in fates)
        {
            if (fate.Media.Section.Connection is not null || fate.Address is null)
            {
                continue;
            }

            if (fate.Ports is not null)
            {
                return fate.Address;
            }

            others = fate.Address;
        }

        IPAddress present = session.Address!;
        return others ?? (SdpWords.IsNull(present) ? present : plan.Address);
    }

    // c= follows m= and i= (RFC 8866 section 5).
    private static TextSpan TitleOf(SdpMediaFacts media)
    {
        ReadOnlySpan<SdpLine> lines = media.Section.Lines.Span;
        return lines.Length > 1 && lines[1].Type == 'i' ? lines[1].Line : lines[0].Line;
    }

    private static char FamilyDigit(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? '6' : '4';
}
