using System.Net;
using RtpProxy.Daemon.Configuration;
using RtpProxy.Daemon.Options;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.TestKit.Conversations;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Daemon.Tests.Conversations;

/// <summary>
/// The golden conversations once more, on the pure core in virtual time, on one worker and on several: what the
/// executable answers is the core's doing, and waits cost nothing here. And once more, in workers that are thrown away and restored
/// after every step.
/// </summary>
public sealed class CoreConversationTests
{
    public static TheoryData<string, int, bool> Runs()
    {
        var runs = new TheoryData<string, int, bool>();
        foreach (Conversation talk in Conversation.LoadAll().Where(talk => talk.Framing == Framing.Command))
        {
            runs.Add(talk.Name, 1, false);
            runs.Add(talk.Name, 3, false);
            runs.Add(talk.Name, 1, true);
            runs.Add(talk.Name, 3, true);
        }

        return runs;
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void The_core_answers_as_written(string name, int workers, bool restarts)
    {
        Conversation talk = Conversation.LoadAll().Single(t => t.Name == name);
        VirtualRelay relay = Start(talk, workers, restarts);
        var ports = new PortNames(talk.Ports);
        foreach (Step step in talk.Steps)
        {
            switch (step)
            {
                case Step.Exchange exchange:
                    exchange.Reply!.Explain(relay.Execute(exchange.Request).Span, ports)
                        .ShouldBeNull($"{name}.talk, line {exchange.Line}");
                    break;
                case Step.Wait wait:
                    relay.Advance(wait.Time);
                    break;
                case Step.Signal { Name: "HUP" }:
                    relay.Operations.BeginDrain();
                    break;
                case Step.Exit:
                    relay.SessionCount.ShouldBe(0, $"{name}.talk, line {step.Line}");
                    break;
                default:
                    throw new InvalidOperationException($"{name}.talk, line {step.Line}: {step} needs a real daemon.");
            }
        }
    }

    private static VirtualRelay Start(Conversation talk, int workers, bool restarts)
    {
        string[] arguments = [.. talk.Options, "-f", "-m", $"{talk.Ports.Min}", "-M", $"{talk.Ports.Max}"];
        var parsed = (RunDaemon)CommandLineOptions.Parse(arguments, new SystemNames(), new ConfigurationTexts(new KeptAnswers()));
        OptionChecks.Complete(parsed.Options, parsed.Settings, isSuperuser: false, [], out DaemonOptions options).ShouldBeNull();
        BindAddressReader.Read(options, parsed.Settings, new SystemNames(), [], out BindAddresses? addresses).ShouldBeNull();
        var ports = new VirtualPorts(options.PortMin, options.PortMax);
        ports.Unusable.Add(IPAddress.Parse("192.0.2.55"));
        ports.Unusable.Add(IPAddress.Parse("2001:db8::55"));
        var relay = new VirtualRelay(new VirtualRelayOptions
        {
            Relay = options.Relay with { AsymmetricByDefault = addresses!.IsBridging && !options.BridgeSymmetric },
            Workers = workers,
            RestartsAfterEveryStep = restarts,
            KeepsSessions = !restarts,
            Addresses = new LocalAddressBook(addresses),
            Ports = ports,
            Notices = new VirtualNotices([.. options.NotifySockets.Select(socket => socket.Name)]),
        });
        relay.Recordings.IsConfigured = options.RecordingDirectory is not null;
        foreach (ConversationFile file in talk.Files)
        {
            string[] parts = file.Path.Split('.');
            relay.Prompts.Files[(parts[0], byte.Parse(parts[1], null))] = file.Contents;
        }

        return relay;
    }
}
