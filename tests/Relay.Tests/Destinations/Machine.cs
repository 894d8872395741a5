using System.Net;
using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Destinations;

/// <summary>A machine at 192.0.2.1 and 2001:db8::1 with control sockets, and the relay on it.</summary>
internal static class Machine
{
    public const string Host = "192.0.2.1";

    public const int ControlPort = 22_222;

    /// <param name="media">As <c>-l</c> has it: <c>address</c> or <c>address=advertised</c>.</param>
    /// <param name="routed">An address that the machine has without an interface, found when it is looked at.</param>
    public static VirtualRelay Relay(
        string media = "0.0.0.0", string[]? sockets = null, string[]? allowed = null, int workers = 1, bool asymmetric = false, string? routed = null)
    {
        string[] parts = media.Split('=');
        LocalAddress[] local =
        [
            new(IPAddress.Parse(parts[0]), parts.Length > 1 ? parts[1] : null),
            new(IPAddress.Parse(parts[0] == "0.0.0.0" ? "::" : "2001:db8::1"), Label: "six"),
        ];
        return new VirtualRelay(new VirtualRelayOptions
        {
            Workers = workers,
            Relay = new RelayOptions { AsymmetricByDefault = asymmetric },
            Addresses = new VirtualAddressBook(local),
            Own = new VirtualOwnAddresses(Own(alsoHas: [])) { FoundByLook = routed is null ? null : Own(alsoHas: [At(routed, 0)]) },
        });

        OwnAddresses Own(Endpoint[] alsoHas) => new(
            [At(Host, 0), At("127.0.0.1", 0), At("2001:db8::1", 0), At("::1", 0), .. alsoHas],
            [At("192.0.2.255", 0)],
            local,
            (sockets ?? [$"127.0.0.1:{ControlPort}"]).Select(Parse),
            (allowed ?? []).Select(Block));
    }

    public static AddressBlock Block(string text) =>
        AddressBlock.TryParse(text, out AddressBlock block) ? block : throw new ArgumentException(text, nameof(text));

    private static Endpoint Parse(string socket)
    {
        var parsed = IPEndPoint.Parse(socket);
        return Endpoint.From(parsed.Address, parsed.Port);
    }
}
