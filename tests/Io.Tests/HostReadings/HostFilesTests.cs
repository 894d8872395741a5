using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RtpProxy.Io.Posix.Host;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Io.Tests.HostReadings;

public sealed class HostFilesTests
{
    [Fact]
    public void What_is_missing_or_no_file_is_no_text()
    {
        using WorkingDirectory directory = new();
        var files = new HostFiles(directory.Path);

        files.Text("/proc/nosuch").ShouldBeNull();
        files.Text("/").ShouldBeNull();
        files.Number("/proc/nosuch").ShouldBeNull();
        files.Lines("/proc/nosuch").ShouldBeEmpty();
        files.Names("/proc/nosuch").ShouldBeEmpty();
        files.Count("/proc/nosuch").ShouldBeNull();
        files.LinkTarget("/proc/nosuch").ShouldBeNull();
        files.Text("/a\0b").ShouldBeNull();
    }

    [Fact]
    public void A_file_without_end_is_no_text_and_a_line_without_end_comes_in_pieces()
    {
        using WorkingDirectory directory = new();
        File.WriteAllText(directory.File("long"), new string('x', 2_000_000));
        var files = new HostFiles(directory.Path);

        files.Text("/long").ShouldBeNull();
        files.Lines("/long").Take(3).ShouldAllBe(line => line.Length == 4096);
    }

    [Fact]
    public void Lines_and_numbers_are_read_from_the_directory_that_stands_for_the_root()
    {
        using WorkingDirectory directory = new();
        File.WriteAllText(directory.File("lines"), "one\ntwo\n\nthree");
        File.WriteAllText(directory.File("number"), "-12\n");
        var files = new HostFiles(directory.Path);

        files.Lines("/lines").ShouldBe(["one", "two", "", "three"]);
        files.Number("/number").ShouldBe(-12);
        files.Number("/lines").ShouldBeNull();
        files.IsThisHost.ShouldBeFalse();
    }

    [Fact]
    public void This_host_tells_of_itself()
    {
        var files = new HostFiles();
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)socket.LocalEndPoint!).Port;

        files.IsThisHost.ShouldBeTrue();
        UdpFaults.ParseSnmp(files.Text("/proc/net/snmp")).ShouldNotBeNull();
        ProcessorTimes.Parse(files.Text("/proc/stat")).ShouldNotBeNull().Processors.ShouldBeGreaterThan(0);
        PortSpan.Parse(files.Text("/proc/sys/net/ipv4/ip_local_port_range")).ShouldNotBeNull();
        UdpSocketRow row = files.Lines("/proc/self/net/udp").Select(UdpSocketRow.Parse).OfType<UdpSocketRow>().Single(row => row.Port == port);
        ProcessFigures.Sockets(files, Environment.ProcessId).ShouldNotBeNull().ShouldContain(row.Inode);
        ProcessFigures.OpenFilesLimit(files, Environment.ProcessId).ShouldNotBeNull().ShouldBeGreaterThan(0);
        ProcessFigures.OpenFiles(files, Environment.ProcessId).ShouldNotBeNull().ShouldBeGreaterThan(0);
        ProcessFigures.CommandLine(files, Environment.ProcessId).Count.ShouldBeGreaterThan(0);
        ProcessFigures.Named(files, files.Text("/proc/self/comm")!).ShouldContain(Environment.ProcessId);
    }

    [Fact]
    public void A_process_that_has_gone_tells_nothing()
    {
        var files = new HostFiles();

        ProcessFigures.Sockets(files, int.MaxValue).ShouldBeNull();
        ProcessFigures.OpenFiles(files, int.MaxValue).ShouldBeNull();
        ProcessFigures.OpenFilesLimit(files, int.MaxValue).ShouldBeNull();
        ProcessFigures.CommandLine(files, int.MaxValue).ShouldBeEmpty();
    }

    [Fact]
    public void Connections_are_tracked_or_not()
    {
        using WorkingDirectory directory = new();
        var files = new HostFiles(directory.Path);
        ConntrackFigures.Read(files).ShouldBeNull();
        Directory.CreateDirectory(directory.File("proc/sys/net/netfilter"));
        File.WriteAllText(directory.File("proc/sys/net/netfilter/nf_conntrack_count"), "100\n");
        File.WriteAllText(directory.File("proc/sys/net/netfilter/nf_conntrack_max"), "65536\n");

        ConntrackFigures.Read(files).ShouldBe(new ConntrackFigures(100, 65_536, null));
    }

    [Fact]
    public void The_driver_of_a_network_card_tells_its_counters_or_why_not()
    {
        DriverStatistics.Read("no-such-interface-anywhere", out string reason).ShouldBeNull();
        reason.ShouldBe("no interface has such a name");
        DriverStatistics.Read("nosuch0", out reason).ShouldBeNull();
        reason.ShouldContain("No such device");

        // Loopback has a driver that keeps none, or none at all; others have some.
        foreach (string name in new HostFiles().Names("/sys/class/net"))
        {
            IReadOnlyDictionary<string, ulong>? counters = DriverStatistics.Read(name, out reason);
            (counters is null).ShouldBe(reason.Length > 0, string.Create(CultureInfo.InvariantCulture, $"{name}: {reason}"));
        }
    }
}
