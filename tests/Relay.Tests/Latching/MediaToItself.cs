using System.Net;
using RtpProxy.Relay.Ports;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Latching;

/// <summary>Descriptions that name our own ports would make a packet go round for ever.</summary>
public sealed class MediaToItself
{
    private static readonly LocalAddress Local = new(IPAddress.Parse("192.0.2.1"));

    private readonly VirtualRelay _relay = new(new VirtualRelayOptions { Addresses = new VirtualAddressBook(Local) });

    [Fact]
    public void A_party_that_claims_to_be_one_of_the_ports_of_its_own_session_is_sent_nothing()
    {
        var call = new Call(_relay);
        int sequence = 0;
        foreach (int port in (int[])[call.PortForAlice, call.PortForBob, call.PortForAlice + 1])
        {
            _relay.Port($"U call {Local.Address} {port} alice");
            _relay.Port($"L call {Local.Address} {port} alice bob");

            call.BobSpeaks(++sequence).ShouldBe(Alice, "what was known before still counts");
            call.AliceSpeaks(sequence).ShouldBe(Bob);
        }

        _relay.Events.Lines.ShouldContain(l => l.Contains("OwnPort", StringComparison.Ordinal));
    }
}
