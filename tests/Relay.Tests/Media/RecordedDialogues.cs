using System.Net;
using RtpProxy.Control;
using RtpProxy.TestKit.Conversations;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Media;

/// <summary>What the original answered to commands about media, asked again of the core (tests/Conversations).</summary>
public sealed class RecordedDialogues
{
    [Theory]
    [InlineData("playback")]
    [InlineData("recording")]
    [InlineData("recording-off")]
    [InlineData("recording-pcap")]
    public void The_core_answers_as_the_original_did(string name)
    {
        Conversation talk = Conversation.LoadAll().Single(t => t.Name == name);
        var ports = new PortRange(35_000, 36_000);
        var names = new PortNames(ports);
        var relay = new VirtualRelay(new VirtualRelayOptions
        {
            Relay = new RelayOptions { RecordPcap = talk.Options.Contains("-P") },
            Addresses = new VirtualAddressBook(new LocalAddress(IPAddress.Any)),
            Ports = new VirtualPorts(35_000, 35_998),
        });
        relay.Recordings.IsConfigured = talk.Options.Contains("-r");
        foreach (ConversationFile file in talk.Files)
        {
            string[] parts = file.Path.Split('.');
            relay.Prompts.Files[(parts[0], byte.Parse(parts[1]))] = file.Contents;
        }

        foreach (Step.Exchange exchange in talk.Steps.OfType<Step.Exchange>())
        {
            exchange.Reply!.Explain(relay.Execute(exchange.Request).Span, names)
                .ShouldBeNull($"{name}.talk, line {exchange.Line}");
        }
    }
}
