using System.Diagnostics.CodeAnalysis;
using System.Net;
using RtpProxy.Sip;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>Reads what session and media have alike: the attributes, <c>c=</c> and <c>o=</c>.</summary>
internal static class SdpSectionReader
{
    public static bool TryRead(string text, ReadOnlyMemory<SdpLine> lines, [NotNullWhen(true)] out SdpSection? section)
    {
        section = null;
        SdpAddress? connection = null;
        IPAddress? address = null;
        foreach (SdpLine line in lines.Span)
        {
            if (line.Type != 'c')
            {
                continue;
            }

            if (connection is not null || !TryReadConnection(text, line, out connection, out address))
            {
                return false;
            }
        }

        section = new SdpSection(lines, SdpLineParser.ParseAttributes(text, lines.Span), connection, address);
        return true;
    }

    /// <summary>The first <c>o=</c>; null when there is none. A host name is as good as an address: nobody sends there.</summary>
    public static bool TryReadOrigin(string text, ReadOnlySpan<SdpLine> lines, out SdpOrigin? origin)
    {
        origin = null;
        foreach (SdpLine line in lines)
        {
            if (line.Type != 'o')
            {
                continue;
            }

            if (!SdpLineParser.TryParseAddress(text, line, out SdpAddress? place, out _))
            {
                return false;
            }

            // Read from behind, since a user name may hold blanks: id, version, IN, IP4, address.
            TextSpan network = SdpWords.Before(text, line.Value.Start, place.FamilyDigit.Start - "IP".Length);
            TextSpan version = SdpWords.Before(text, line.Value.Start, network.Start);
            TextSpan id = SdpWords.Before(text, line.Value.Start, version.Start);
            origin = new SdpOrigin(text, place, TextSpan.FromBounds(line.Value.Start, id.Start).Trim(text), id, version);
            return true;
        }

        return true;
    }

    // c=IN IP4 address: an address of the family that is named, and no /ttl, since that is multicast.
    private static bool TryReadConnection(
        string text, SdpLine line, [NotNullWhen(true)] out SdpAddress? place, [NotNullWhen(true)] out IPAddress? address)
    {
        place = null;
        int position = line.Value.Start;
        TextSpan network = SdpWords.Next(text, ref position, line.Value.End);
        TextSpan family = SdpWords.Next(text, ref position, line.Value.End);
        TextSpan host = SdpWords.Next(text, ref position, line.Value.End);
        if (!SdpWords.TryReadAddress(network.In(text), family.In(text), host.In(text), out address))
        {
            return false;
        }

        place = new SdpAddress(
            line.Line,
            family.In(text)[^1] == '6' ? SdpAddressFamily.IPv6 : SdpAddressFamily.IPv4,
            new TextSpan(family.End - 1, 1),
            host);
        return true;
    }
}
