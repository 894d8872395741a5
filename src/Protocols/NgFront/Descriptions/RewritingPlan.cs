using System.Collections.Immutable;
using System.Net;
using RtpProxy.Protocols.Ng.Options;
using RtpProxy.Protocols.Ng.Sdp;
using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Operations.Calls;
using RtpProxy.Relay.Ports;

namespace RtpProxy.Protocols.NgFront.Descriptions;

/// <summary>What is to become of a description, by its options and by what the relay opened for it.</summary>
internal static class RewritingPlan
{
    /// <param name="portsOf">The ports that the receiver is told of a line, by its index and what the relay says of it.</param>
    /// <param name="unused">Where the receiver would meet us if anything were relayed.</param>
    public static SdpRewriting Of(
        SdpFacts facts,
        MediaOptions options,
        CallOperation result,
        LocalAddress unused,
        NgSetting setting,
        Func<int, LinePort, SdpMediaPorts> portsOf) => new()
        {
            Ports = [.. facts.Media.Select((_, index) => PortsOf(result.Ports, index, portsOf))],
            Address = options.MediaAddress ?? AddressOf(facts, result, unused, setting.Relay.Addresses),
            ReplacesOrigin = options.Replace.Origin,
            ReplacesNullAddress = options.Replace.ZeroAddress,
            KeepsDirection = options.OriginalSendRecv,
            RtcpAttribute = options.RtcpAttribute,
            StripsExtmap = options.StripExtmap,
            Ptime = options.Ptime,
            Codecs = options.Codecs,
            Attributes = options.Attributes,
            LoopMark = options.LoopProtect ? setting.Mark : null,
        };

    private static SdpMediaPorts? PortsOf(ImmutableArray<LinePort?> ports, int index, Func<int, LinePort, SdpMediaPorts> portsOf) =>
        index < ports.Length && ports[index] is { } port ? portsOf(index, port) : null;

    /// <summary>That of the first line that is relayed.</summary>
    private static IPAddress AddressOf(SdpFacts facts, CallOperation result, LocalAddress unused, ILocalAddressBook book)
    {
        LocalAddress address = result.Ports.FirstOrDefault(port => port is not null)?.Address ?? unused;
        IPAddress? toward = result.OtherMedia.Where(media => media.IsRelayed).Select(HostOf).FirstOrDefault()
            ?? facts.Media.Select(media => media.Address).FirstOrDefault(host => host is not null);
        return LocalAddresses.Shown(address, book, toward);
    }

    private static IPAddress HostOf(MediaDescription media) => media.Rtp.ToIPAddress();
}
