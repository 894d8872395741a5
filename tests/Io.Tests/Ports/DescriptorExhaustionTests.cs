using RtpProxy.Io.Interop;
using RtpProxy.Io.Journal;
using RtpProxy.Io.Ports;
using RtpProxy.Io.Tests.Hosts;
using RtpProxy.Relay.Ports;

namespace RtpProxy.Io.Tests.Ports;

/// <summary>Alone, since the limit is that of the whole process.</summary>
[Collection(nameof(WholeRelayTests))]
public sealed class DescriptorExhaustionTests
{
    private const int Attempts = 1000;

    [Fact]
    public void Running_out_of_descriptors_is_an_answer_logged_once_and_not_for_ever()
    {
        using var epoll = new EpollSet();
        var logger = new RecordingLogger();
        (int lowest, int highest) = FreePorts.Plenty;
        var range = new PortRange(lowest, highest, PortOrder.Random);
        using var ports = new WorkerPorts(range, epoll, new LoopbackAddresses(), new Random(1), new RepeatedFaults(logger, TimeSpan.FromHours(1)), long.MaxValue);
        DescriptorLimit before = DescriptorLimit.Read();
        var opened = new List<PortPair>();
        var answers = new List<PortOpening>();
        try
        {
            int lastDescriptor = Directory.GetFiles("/proc/self/fd").Max(path => int.Parse(Path.GetFileName(path), null));
            DescriptorLimit.Set(lastDescriptor + 20, before.Hard);
            for (int i = 0; i < Attempts; i++) // more than other tests have left holes among the descriptors
            {
                answers.Add(ports.TryOpen(LoopbackAddresses.IPv4, tos: null, out PortPair pair));
                if (answers[^1] == PortOpening.Opened)
                {
                    opened.Add(pair);
                }
            }

            ports.Close(opened[^1]);
            answers.Add(ports.TryOpen(LoopbackAddresses.IPv4, tos: null, out _));
        }
        finally
        {
            DescriptorLimit.Set(before.Soft, before.Hard);
        }

        opened.Count.ShouldBeInRange(1, Attempts - 1);
        answers[Attempts - 1].ShouldBe(PortOpening.DescriptorsExhausted);
        answers[Attempts].ShouldBe(PortOpening.Opened);
        logger.Lines.ShouldHaveSingleItem().Id.ShouldBe(1001);
        ports.OpenCount.ShouldBe(opened.Count * 2);
    }

    [Fact]
    public void Media_leaves_descriptors_above_the_ceiling_to_others()
    {
        using var epoll = new EpollSet();
        var logger = new RecordingLogger();
        int highest = Directory.GetFiles("/proc/self/fd").Max(path => int.Parse(Path.GetFileName(path), null));
        (int lowestPort, int highestPort) = FreePorts.Plenty;
        var range = new PortRange(lowestPort, highestPort, PortOrder.Random);
        using var ports = new WorkerPorts(
            range, epoll, new LoopbackAddresses(), new Random(1), new RepeatedFaults(logger, TimeSpan.FromHours(1)), descriptorCeiling: highest + 20);
        int opened = 0;
        while (ports.TryOpen(LoopbackAddresses.IPv4, tos: null, out PortPair _) == PortOpening.Opened)
        {
            opened++;
        }

        opened.ShouldBeInRange(1, Attempts);
        Directory.GetFiles("/proc/self/fd").Max(path => int.Parse(Path.GetFileName(path), null)).ShouldBeLessThan(highest + 20);
        logger.Lines.ShouldHaveSingleItem().Id.ShouldBe(1001);
    }
}
