using FsCheck;
using FsCheck.Fluent;
using RtpProxy.Io.Posix.Host;

namespace RtpProxy.Io.Tests.HostReadings;

public sealed class ParserTests
{
    [Fact]
    public void Udp_faults_are_those_of_both_families()
    {
        UdpFaults.ParseSnmp(RecordedHosts.NewSnmp).ShouldBe(new UdpFaults(78_360_945, 166_303, 1_887_711, 1_887_700, 5, 11, 2));
        UdpFaults.ParseSnmp(RecordedHosts.OldSnmp).ShouldBe(new UdpFaults(1000, 1, 3, 2, 0, 0, 0));
        UdpFaults.ParseSnmp6(RecordedHosts.Snmp6).ShouldBe(new UdpFaults(4711, 1, 30, 29, 0, 1, 0));
        UdpFaults.Sum(new UdpFaults(1, 2, 3, 4, 5, 6, 7), new UdpFaults(1, 1, 1, 1, 1, 1, 1)).ShouldBe(new UdpFaults(2, 3, 4, 5, 6, 7, 8));
    }

    [Fact]
    public void Udp_sockets_have_port_queue_inode_and_drops()
    {
        Sockets(RecordedHosts.Udp).ShouldBe([new UdpSocketRow(35_000, 0x300, 8_431_939, 17), new UdpSocketRow(43_225, 0, 8_431_940, 0)]);
        Sockets(RecordedHosts.Udp6).ShouldBe([new UdpSocketRow(35_002, 0, 92_233_720, 3)]);
    }

    [Fact]
    public void Unix_sockets_that_listen_are_told_from_their_connections_and_may_have_blanks_in_their_paths()
    {
        UnixSocketRow[] rows = [.. RecordedHosts.Unix.Split('\n').Select(UnixSocketRow.Parse).OfType<UnixSocketRow>()];

        rows.ShouldBe([new UnixSocketRow(8_431_939, "/run/rtp proxy.sock", true), new UnixSocketRow(8_436_547, "/run/rtp proxy.sock", false)]);
    }

    [Fact]
    public void Time_that_the_hypervisor_took_is_a_share_of_all()
    {
        ProcessorTimes times = ProcessorTimes.Parse(RecordedHosts.Stat).ShouldNotBeNull();

        times.Processors.ShouldBe(2);
        times.Stolen.ShouldBe(1367ul);
        times.SoftInterrupts.ShouldBe(17_051ul);
        times.Idle.ShouldBe(751_131ul);
        times.Steal.ShouldBe(1367.0 / times.Total);
        ProcessorTimes.Parse(RecordedHosts.OldStat).ShouldBe(new ProcessorTimes(1, 1000, 850, 0, 0));
    }

    [Fact]
    public void What_was_done_between_two_readings_is_their_difference_and_nothing_across_a_boot()
    {
        var before = new ProcessorTimes(1, 100, 90, 1, 2);

        new ProcessorTimes(1, 150, 110, 4, 2).Since(before).ShouldBe(new ProcessorTimes(1, 50, 20, 3, 0));
        default(ProcessorTimes).Since(before).ShouldBe(default);
    }

    [Fact]
    public void Processors_add_up()
    {
        BacklogFigures.Parse(RecordedHosts.Softnet).ShouldBe(new BacklogFigures(0x02abdae9 + 0x025d6b95, 10, 1));
        ConntrackFigures.ParseDrops(RecordedHosts.Conntrack).ShouldBe(0x10ul + 0xf + 1 + 2);
    }

    [Fact]
    public void The_limit_of_open_files_is_the_one_in_force()
    {
        ProcessFigures.ParseOpenFiles(RecordedHosts.Limits).ShouldBe(1024);
        ProcessFigures.ParseOpenFiles("Max open files            unlimited            unlimited            files").ShouldBe(long.MaxValue);
    }

    [Fact]
    public void Spans_of_ports_are_read_and_compared()
    {
        PortSpan.Parse("32768\t60999").ShouldBe(new PortSpan(32_768, 60_999));
        PortSpan.ParseList("35000-65000,8080").ShouldBe([new PortSpan(35_000, 65_000), new PortSpan(8080, 8080)]);
        new PortSpan(1, 10).Common(new PortSpan(5, 20)).ShouldBe(new PortSpan(5, 10));
        new PortSpan(1, 10).Common(new PortSpan(11, 20)).ShouldBeNull();
        new PortSpan(1, 10).Holds(new PortSpan(2, 10)).ShouldBeTrue();
        new PortSpan(1, 10).Holds(new PortSpan(2, 11)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("60999 32768")]
    [InlineData("1 70000")]
    [InlineData("-1 5")]
    [InlineData("1 2 3")]
    public void What_is_no_span_of_ports_is_none(string? text) => PortSpan.Parse(text).ShouldBeNull();

    [Fact]
    public void A_text_that_ends_early_does_no_harm()
    {
        foreach (string text in RecordedHosts.All)
        {
            for (int length = 0; length < text.Length; length++)
            {
                ReadAsEverything(text[..length]);
            }
        }
    }

    [Fact]
    public void Any_text_does_no_harm() =>
        Prop.ForAll<string?>(text =>
        {
            ReadAsEverything(text);
            ReadAsEverything($"Udp: A\nUdp: {text}");
            ReadAsEverything($"cpu {text}");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Numbers_beyond_all_measure_do_no_harm()
    {
        foreach (string text in RecordedHosts.All)
        {
            ReadAsEverything(text.Replace("0", "99999999999999999999", StringComparison.Ordinal));
            ReadAsEverything(text.Replace("0", "ffffffffffffffff", StringComparison.Ordinal));
            ReadAsEverything(text.Replace("1", "18446744073709551615", StringComparison.Ordinal));
            ReadAsEverything(text.Replace("1", "-1", StringComparison.Ordinal));
        }
    }

    private static UdpSocketRow[] Sockets(string text) => [.. text.Split('\n').Select(UdpSocketRow.Parse).OfType<UdpSocketRow>()];

    private static void ReadAsEverything(string? text)
    {
        _ = UdpFaults.ParseSnmp(text);
        _ = UdpFaults.ParseSnmp6(text);
        _ = ProcessorTimes.Parse(text);
        _ = BacklogFigures.Parse(text);
        _ = ConntrackFigures.ParseDrops(text);
        _ = ProcessFigures.ParseOpenFiles(text);
        _ = PortSpan.Parse(text);
        _ = PortSpan.ParseList(text);
        foreach (string line in (text ?? "").Split('\n'))
        {
            _ = UdpSocketRow.Parse(line);
            _ = UnixSocketRow.Parse(line);
        }
    }
}
