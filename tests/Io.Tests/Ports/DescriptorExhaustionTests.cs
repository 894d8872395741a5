using RtpProxy.Hosting.Journal;
using RtpProxy.Io.Net.Engines.Epoll;
using RtpProxy.Io.Net.Ports;
using RtpProxy.Io.Posix;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Io.Tests.Hosts;
using RtpProxy.Relay.Ports;

namespace RtpProxy.Io.Tests.Ports;

/// <summary>Alone, since the limit is that of the whole process.</summary>
[Collection(nameof(WholeRelayTests))]
public sealed class DescriptorExhaustionTests
{
    [Fact]
    public void Running_out_of_descriptors_is_an_answer_logged_once_and_not_for_ever()
    {
        using var epoll = new EpollSet();
        var logger = new RecordingLogger();
        (int lowest, int highest) = FreePorts.Plenty;
        var range = new PortRange(lowest, highest, PortOrder.Random);
        using var ports = new EpollPortTable(range, epoll, new LoopbackAddresses(), new Random(1), new RepeatedFaults(logger, TimeSpan.FromHours(1), TimeProvider.System), long.MaxValue);
        DescriptorLimit before = DescriptorLimit.Read();
        var opened = new List<PortPair>();
        var answers = new List<PortOpening>();
        int attempts;
        try
        {
            int lastDescriptor = Directory.GetFiles("/proc/self/fd").Max(path => int.Parse(Path.GetFileName(path), null));
            DescriptorLimit.Set(lastDescriptor + 20, before.Hard);
            attempts = AttemptsToUseUp(lastDescriptor + 20);
            for (int i = 0; i < attempts; i++)
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

        opened.Count.ShouldBeInRange(1, attempts - 1);
        answers[attempts - 1].ShouldBe(PortOpening.DescriptorsExhausted);
        answers[attempts].ShouldBe(PortOpening.Opened);
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
        using var ports = new EpollPortTable(
            range, epoll, new LoopbackAddresses(), new Random(1), new RepeatedFaults(logger, TimeSpan.FromHours(1), TimeProvider.System), descriptorCeiling: highest + 20);
        int opened = 0;
        while (ports.TryOpen(LoopbackAddresses.IPv4, tos: null, out PortPair _) == PortOpening.Opened)
        {
            opened++;
        }

        opened.ShouldBeInRange(1, AttemptsToUseUp(highest + 20));
        Directory.GetFiles("/proc/self/fd").Max(path => int.Parse(Path.GetFileName(path), null)).ShouldBeLessThan(highest + 20);
        logger.Lines.ShouldHaveSingleItem().Id.ShouldBe(1001);
    }

    /// <summary>A pair takes two descriptors; even if all below the limit were free, the last of so many finds none.</summary>
    private static int AttemptsToUseUp(int descriptors) => (descriptors / 2) + 1;
}
