using System.Globalization;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Ctl.Tests;

/// <summary>Files of another machine, of which a directory stands for its root.</summary>
internal sealed class RecordedHost : IDisposable
{
    private readonly WorkingDirectory _directory = new();

    public string Root => _directory.Path;

    public void Dispose() => _directory.Dispose();

    public RecordedHost With(string path, string text)
    {
        string file = _directory.File(path.TrimStart('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return this;
    }

    /// <summary>A machine with one card, where all is well.</summary>
    public static RecordedHost Healthy() => new RecordedHost()
        .With("/proc/net/snmp", "Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors IgnoredMulti MemErrors\nUdp: 5000 0 0 5000 0 0 0 0 0\n")
        .With("/proc/net/softnet_stat", "00001000 00000000 00000000\n")
        .With("/proc/stat", "cpu  100 0 50 9000 10 0 5 0 0 0\ncpu0 50 0 25 4500 5 0 2 0 0 0\ncpu1 50 0 25 4500 5 0 3 0 0 0\n")
        .With("/proc/loadavg", "0.10 0.20 0.30 1/100 4711\n")
        .With("/proc/sys/net/core/rmem_max", "1048576\n")
        .With("/proc/sys/net/ipv4/ip_local_port_range", "32768\t60999\n")
        .With("/proc/sys/net/ipv4/ip_local_reserved_ports", "35000-65000\n")
        .With("/proc/sys/net/ipv4/conf/all/rp_filter", "0\n")
        .With("/proc/sys/net/ipv4/conf/eth0/rp_filter", "0\n")
        .With("/sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc\n")
        .With("/sys/devices/system/clocksource/clocksource0/available_clocksource", "tsc hpet acpi_pm\n")
        .WithCard("eth0")
        .WithDaemon(4711, limit: 200_000);

    public RecordedHost WithCard(string name, int mtu = 1500, int dropped = 0) => With($"/sys/class/net/{name}/mtu", $"{mtu}\n")
        .With($"/sys/class/net/{name}/operstate", "up\n")
        .With($"/sys/class/net/{name}/statistics/rx_dropped", $"{dropped}\n");

    /// <summary>A daemon with a media socket on port 35000 and a control socket.</summary>
    public RecordedHost WithDaemon(int pid, int limit, int drops = 0, string options = "-f", int parent = 1)
    {
        string directory = string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}");
        With($"{directory}/comm", "rtpproxy\n");
        With($"{directory}/stat", $"{pid} (rtpproxy) S {parent} {pid} {pid} 0 -1\n");
        With($"{directory}/cmdline", $"rtpproxy\0{options.Replace(' ', '\0')}\0");
        With($"{directory}/limits", $"Limit                     Soft Limit           Hard Limit           Units\nMax open files            {limit}               {limit}               files\n");
        With($"{directory}/net/udp", $"  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops\n  1: 00000000:88B8 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1001 2 0 {drops}\n");
        With($"{directory}/net/unix", "Num       RefCount Protocol Flags    Type St Inode Path\n0: 00000002 00000000 00010000 0001 01 1002 /run/rtpproxy.sock\n");
        Directory.CreateDirectory(Path.Combine(Root, directory.TrimStart('/'), "fd"));
        foreach (int inode in (int[])[1001, 1002])
        {
            File.CreateSymbolicLink(Path.Combine(Root, directory.TrimStart('/'), "fd", $"{inode}"), $"socket:[{inode}]");
        }

        return this;
    }

    public RecordedHost WithReplacedExecutable(int pid)
    {
        File.CreateSymbolicLink(Path.Combine(Root, "proc", $"{pid}", "exe"), "/usr/bin/rtpproxy (deleted)");
        return this;
    }
}
