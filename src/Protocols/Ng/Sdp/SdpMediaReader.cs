using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using RtpProxy.Sip;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>Reads one media description.</summary>
internal static class SdpMediaReader
{
    public static bool TryRead(
        string text,
        ReadOnlyMemory<SdpLine> lines,
        SdpSection session,
        MediaDirection? sessionDirection,
        int index,
        [NotNullWhen(true)] out SdpMediaFacts? media)
    {
        media = null;
        if (lines.Span[0].Line.Length > SdpFacts.MaxMediaLine
            || !SdpLineParser.TryParseMediaLine(text, lines.Span[0], out SdpMediaLine? line, out _)
            || !TryReadPort(line.Port.In(text), out int port, out int portCount)
            || !SdpSectionReader.TryRead(text, lines, out SdpSection? section)
            || section.ValueOf(text, "mid")?.Length > SdpFacts.MaxName
            || section.ValueOf(text, "label")?.Length > SdpFacts.MaxName)
        {
            return false;
        }

        ReadOnlySpan<char> protocol = line.Transport.In(text);
        SdpProfile profile = SdpProfiles.Find(protocol);
        IPAddress? address = section.Address ?? session.Address;
        bool hasIce = HasIce(text, section) || HasIce(text, session);
        ReadRtcp(text, section, out int? rtcpPort, out IPAddress? rtcpAddress);
        media = new SdpMediaFacts(line, section)
        {
            Index = index,
            Type = line.Type.Copy(text),
            Port = port,
            PortCount = portCount,
            Protocol = protocol.ToString(),
            Profile = profile,
            Kind = profile != SdpProfile.None ? SdpMediaKind.Rtp
                : IsInDatagrams(protocol) ? SdpMediaKind.Opaque
                : SdpMediaKind.NotRelayed,
            Formats = line.Formats.Copy(text),
            Address = address,
            HasNullAddress = port != 0 && !hasIce && address is not null && SdpWords.IsNull(address),
            Direction = SdpDirection.Find(text, section.Attributes) ?? sessionDirection ?? MediaDirection.SendReceive,
            RtcpPort = rtcpPort,
            RtcpAddress = rtcpAddress,
            HasRtcpMux = section.Has(text, "rtcp-mux"),
            Ptime = SdpWords.ReadNumber(section.ValueOf(text, "ptime")) is int ptime and > 0 ? ptime : null,
            Codecs = profile == SdpProfile.None ? [] : SdpCodecReader.Read(text, line.Formats, section.Attributes),
            Mid = section.ValueOf(text, "mid"),
            Label = section.ValueOf(text, "label"),
            HasCrypto = section.Has(text, "crypto"),
            HasKeys = section.Has(text, "crypto") || HasKeys(text, section) || HasKeys(text, session),
            Fingerprint = section.ValueOf(text, "fingerprint") ?? session.ValueOf(text, "fingerprint"),
            Setup = section.ValueOf(text, "setup") ?? session.ValueOf(text, "setup"),
            HasIce = hasIce,
        };
        return true;
    }

    private static bool TryReadPort(ReadOnlySpan<char> word, out int port, out int count)
    {
        int slash = word.IndexOf('/');
        count = slash < 0 ? 1 : SdpWords.ReadNumber(word[(slash + 1)..]) ?? 0;
        return SdpWords.TryReadPort(slash < 0 ? word : word[..slash], out port) && count > 0;
    }

    // What is not a known profile of RTP is carried only if it says that it is sent in datagrams.
    private static bool IsInDatagrams(ReadOnlySpan<char> protocol)
    {
        if (protocol.Equals("udptl", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        int slash = protocol.IndexOf('/');
        ReadOnlySpan<char> lowest = slash < 0 ? protocol : protocol[..slash];
        return lowest.Equals("UDP", StringComparison.OrdinalIgnoreCase);
    }

    private static bool HasIce(string text, SdpSection section) =>
        section.Has(text, "ice-ufrag") || section.Has(text, "candidate");

    private static bool HasKeys(string text, SdpSection section) => section.Has(text, "key-mgmt") || section.Has(text, "zrtp-hash");

    // a=rtcp:PORT [IN IP4 ADDRESS]; what cannot be read is as if it were not there.
    private static void ReadRtcp(string text, SdpSection section, out int? port, out IPAddress? address)
    {
        port = null;
        address = null;
        if (section.Find(text, "rtcp")?.Value is not { } value)
        {
            return;
        }

        int position = value.Start;
        if (!SdpWords.TryReadPort(SdpWords.Next(text, ref position, value.End).In(text), out int number) || number == 0)
        {
            return;
        }

        port = number;
        TextSpan network = SdpWords.Next(text, ref position, value.End);
        TextSpan family = SdpWords.Next(text, ref position, value.End);
        TextSpan host = SdpWords.Next(text, ref position, value.End);
        SdpWords.TryReadAddress(network.In(text), family.In(text), host.In(text), out address);
    }
}
