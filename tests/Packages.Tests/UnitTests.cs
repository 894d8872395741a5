using System.Globalization;
using RtpProxy.Packages.Tests.Calls;
using RtpProxy.Packages.Tests.Roots;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Packages.Tests;

/// <summary>The units as they are shipped, run by systemd.</summary>
public class UnitTests(SharedPackages packages)
{
    private const string Units = "/usr/lib/systemd/system";
    private const string MainProcess = "systemctl show -P MainPID rtpproxy";

    [Fact]
    public async Task Systemd_finds_nothing_wrong_with_the_units_and_little_exposed()
    {
        await using DebianSystem system = await SystemWithPackagesAsync();

        foreach (string unit in (string[])["rtpproxy.service", "rtpproxywatch.service", "sipedge.service"])
        {
            ProgramResult verified = await system.TryAsync($"systemd-analyze verify --man=no {Units}/{unit}");
            verified.Status.ShouldBe(0, verified.Error);
            verified.Error.ShouldBeEmpty();

            // In tenths: 2.0 at most.
            await system.RunAsync($"systemd-analyze security --no-pager --offline=true --threshold=20 {Units}/{unit}");
        }
    }

    [Fact]
    public async Task Kamailio_in_the_group_commands_the_relay_and_a_stranger_does_not()
    {
        await using DebianSystem system = await SystemWithPackagesAsync();
        await system.RunAsync("useradd --system kamailio && useradd --system stranger && usermod --append --groups rtpproxy kamailio");

        ProgramResult kamailio = await system.TryAsUserAsync("kamailio", "rtpproxyctl send V");
        ProgramResult stranger = await system.TryAsUserAsync("stranger", "rtpproxyctl -s unix:/run/rtpproxy/rtpproxy.sock send V");
        ProgramResult calls = await system.TryAsUserAsync("kamailio", "rtpproxyctl calls --json");

        kamailio.Output.Trim().ShouldBe("20040107", kamailio.Error);
        stranger.Status.ShouldNotBe(0);
        foreach (string verb in (string[])["ping", "calls", "stats"])
        {
            (await system.TryAsUserAsync("stranger", $"rtpproxyctl {verb}")).Error.ShouldContain(
                "permission denied: /run/rtpproxy belongs to user rtpproxy and group rtpproxy, mode 750", customMessage: verb);
        }

        (await system.TryAsUserAsync("stranger", "rtpproxyctl upgrade")).Error.ShouldContain("/run/rtpproxy/admin.sock: Permission denied");

        calls.Status.ShouldBe(0, calls.Error);
        (await system.RunAsync("stat -c '%a %U %G' /run/rtpproxy")).ShouldBe("750 rtpproxy rtpproxy");
        (await system.RunAsync("stat -c '%a %U %G' /run/rtpproxy/rtpproxy.sock")).ShouldBe("660 rtpproxy rtpproxy");
    }

    [Fact]
    public async Task Every_restriction_is_in_force()
    {
        await using DebianSystem system = await SystemWithPackagesAsync();
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Roots/probe.sh"), Path.Combine(packages.Directory, "probe.sh"), overwrite: true);
        await system.RunAsync("install -m 755 /mnt/probe.sh /usr/bin/probe && systemctl stop rtpproxy && mkdir -p /home/somebody && touch /tmp/marker /dev/marker");

        // The unit itself, with another program in the place of the relay.
        await system.RunAsync(
            $"sed -e 's,^ExecStart=.*,ExecStart=/bin/bash /usr/bin/probe,' -e 's,^Type=.*,Type=oneshot,' -e /^Restart/d -e /^WatchdogSec/d -e /^ExitType/d "
            + $"{Units}/rtpproxy.service > /etc/systemd/system/probe.service && systemctl daemon-reload && systemctl start probe");
        string said = await system.RunAsync("cat /var/spool/rtpproxy/probe.txt");

        said.Split('\n').ShouldBe(
            [
                "user: rtpproxy",
                "group: rtpproxy",
                "umask: 0027",
                "CapPrm: 0000000000000000",
                "CapEff: 0000000000000000",
                "CapBnd: 0000000000000000",
                "CapAmb: 0000000000000000",
                "NoNewPrivs: 1",
                "Seccomp: 2",
                "write /etc: may not",
                "write /usr: may not",
                "write /var/lib: may not",
                "write state: may",
                "write prompts: may not",
                "read prompts: may",
                "write recordings: may",
                "write call records: may",
                "write sockets: may",
                "read its configuration: may",
                "see homes: may not",
                "see others' temporary files: may not",
                "see devices: may not",
                "see processes of others: may not",
                "make namespaces: may not",
                "take real time: may not",
                "set user ids: may not",
                "write code: may not",
                "look into processes: may not",
                "change its personality: may not",
                "use IPv4: may",
                "use IPv6: may",
                "use Unix sockets: may",
                "ask for addresses: may",
                "use raw packets: may not",
                "use Bluetooth: may not",
            ]);
    }

    [Fact]
    public async Task A_relay_that_hangs_is_started_again()
    {
        await using DebianSystem system = await SystemWithPackagesAsync();
        await system.RunAsync(
            "mkdir -p /etc/systemd/system/rtpproxy.service.d && printf '[Service]\\nWatchdogSec=1\\n' > /etc/systemd/system/rtpproxy.service.d/watchdog.conf"
            + " && systemctl daemon-reload && systemctl restart rtpproxy");

        await system.RunAsync("systemctl kill --signal STOP --kill-whom main rtpproxy");

        // Once more perhaps, where the whole machine stands still for a second.
        await system.BecomesAsync("test $(systemctl show -P NRestarts rtpproxy) -gt 0 && echo again", "again");
        await system.BecomesAsync("systemctl is-active rtpproxy", "active");
        await system.BecomesAsync("rtpproxyctl send V", "20040107");
    }

    [Fact]
    public async Task A_call_outlives_the_keeper_and_its_relay_is_the_service_from_then_on()
    {
        await using DebianSystem system = await SystemWithPackagesAsync();
        await system.RunAsync(
            "mkdir -p /etc/systemd/system/rtpproxy.service.d && printf '[Service]\\nWatchdogSec=5\\n' > /etc/systemd/system/rtpproxy.service.d/watchdog.conf"
            + " && systemctl daemon-reload && systemctl restart rtpproxy");
        await using LiveCall call = await LiveCall.BeginAsync(system, "call", command => system.RunAsync($"rtpproxyctl send {command}"));
        string keeper = await system.RunAsync(MainProcess);
        string relay = (await system.RunAsync($"cat /proc/{keeper}/task/*/children")).Trim();

        await system.RunAsync("systemctl kill --signal KILL --kill-whom main rtpproxy");

        await system.BecomesAsync(MainProcess, relay);
        for (int seconds = 0; seconds < 7; seconds++) // longer than the watchdog waits
        {
            await call.GoesOnAsync();
        }

        (await system.RunAsync($"systemctl is-active rtpproxy && {MainProcess} && systemctl show -P NRestarts rtpproxy")).ShouldBe($"active\n{relay}\n0");
        (await system.InstallAsync(packages.Newer)).ShouldContain("nothing keeps the relay that runs");
        await call.GoesOnAsync();
        (await call.HangUpAsync()).ShouldBe(0);

        await system.RunAsync("systemctl kill --signal KILL --kill-whom main rtpproxy");
        await system.BecomesAsync("test $(systemctl show -P NRestarts rtpproxy) = 1 && rtpproxyctl send V", "20040107");
        await system.SaysAsync("rtpproxy", "the keeper has started");
    }

    [Fact]
    public async Task A_service_all_of_whose_processes_are_killed_is_started_again()
    {
        await using DebianSystem system = await SystemWithPackagesAsync();

        await system.RunAsync("systemctl kill --signal KILL --kill-whom all rtpproxy");

        await system.BecomesAsync("test $(systemctl show -P NRestarts rtpproxy) = 1 && rtpproxyctl send V", "20040107");
    }

    [Fact]
    public async Task The_watcher_is_where_the_options_beside_the_unit_put_it()
    {
        packages.ShouldBeUsable();
        await using DebianSystem system = await DebianSystem.BootAsync(packages);
        await system.InstallAsync(packages.Files[0]);
        await system.RunAsync("echo secret-of-eight-or-more > /etc/rtpproxy/token && chown root:rtpproxy /etc/rtpproxy/token && chmod 0640 /etc/rtpproxy/token");
        await system.RunAsync("echo 'RTPPROXYWATCH_OPTIONS=\"--http 0.0.0.0:8881 --http-token /etc/rtpproxy/token\"' >> /etc/default/rtpproxy");

        await system.RunAsync("systemctl start rtpproxywatch");

        await system.SaysAsync("rtpproxywatch", "page, metrics and health at http://0.0.0.0:8881");
    }

    [Fact]
    public async Task The_watcher_and_the_proxy_start_as_they_are_shipped()
    {
        await using DebianSystem system = await SystemWithPackagesAsync();
        (await system.TryAsync("systemctl is-enabled rtpproxywatch sipedge")).Output.ShouldBe("disabled\ndisabled\n");
        (await system.RunAsync("stat -c '%a %U %G' /etc/rtpproxy/sipedge.json")).ShouldBe("640 root sipedge");

        await system.RunAsync("systemctl start rtpproxywatch sipedge");

        await system.BecomesAsync(
            "exec 3<>/dev/tcp/127.0.0.1/8880 && printf 'GET /readyz HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | tr -d '\\r'", "HTTP/1.1 200 OK");

        // The user is made up by systemd, from 61184 on.
        int.Parse(await system.RunAsync("stat -c %u /proc/$(systemctl show -P MainPID rtpproxywatch)"), CultureInfo.InvariantCulture)
            .ShouldBeInRange(61_184, 65_519);
        (await system.RunAsync("systemctl is-active sipedge && systemctl reload sipedge && stat -c %U /proc/$(systemctl show -P MainPID sipedge)"))
            .ShouldBe("active\nsipedge");
    }

    private async Task<DebianSystem> SystemWithPackagesAsync()
    {
        packages.ShouldBeUsable();
        DebianSystem system = await DebianSystem.BootAsync(packages);
        await system.InstallAsync(packages.Files);
        await system.BecomesAsync("systemctl is-active rtpproxy", "active");
        return system;
    }
}
