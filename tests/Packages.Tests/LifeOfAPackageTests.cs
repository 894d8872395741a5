using RtpProxy.Packages.Tests.Calls;
using RtpProxy.Packages.Tests.Roots;

namespace RtpProxy.Packages.Tests;

/// <summary>What becomes of a system, and of its calls, when the package is installed, upgraded, removed and purged.</summary>
public class LifeOfAPackageTests(SharedPackages packages)
{
    [Fact]
    public async Task An_upgrade_loses_no_packet_of_a_call()
    {
        packages.ShouldBeUsable();
        await using DebianSystem system = await DebianSystem.BootAsync(packages);
        await system.InstallAsync(packages.Files[0]);
        string before = await system.RunAsync("systemctl show -P MainPID -P ActiveEnterTimestampMonotonic rtpproxy");
        await using LiveCall call = await LiveCall.BeginAsync(system, "call", command => system.RunAsync($"rtpproxyctl send {command}"));

        string said = await system.InstallAsync(packages.Newer);
        await system.BecomesAsync(ProgramsThatRun, "/usr/bin/rtpproxy");
        await call.GoesOnAsync();

        said.ShouldNotContain("goes on as the version before");
        (await system.RunAsync("systemctl show -P MainPID -P ActiveEnterTimestampMonotonic rtpproxy")).ShouldBe(before);
        (await call.HangUpAsync()).ShouldBe(0);
        (await system.RunAsync("rtpproxyctl send D call alice")).ShouldBe("0");
    }

    [Fact]
    public async Task A_relay_that_is_killed_is_followed_by_one_that_goes_on_with_its_calls()
    {
        packages.ShouldBeUsable();
        await using DebianSystem system = await DebianSystem.BootAsync(packages);
        await system.InstallAsync(packages.Files[0]);
        string keeper = await system.RunAsync("systemctl show -P MainPID rtpproxy");
        await using LiveCall call = await LiveCall.BeginAsync(system, "call", command => system.RunAsync($"rtpproxyctl send {command}"));

        await system.RunAsync($"kill -KILL $(cat /proc/{keeper}/task/{keeper}/children)");
        await call.GoesOnAsync();

        (await system.RunAsync("systemctl show -P MainPID -P NRestarts rtpproxy")).ShouldBe($"{keeper}\n0");
        (await system.RunAsync("rtpproxyctl send D call alice")).ShouldBe("0");
    }

    [Fact]
    public async Task Stop_ends_at_once_and_hangup_drains()
    {
        packages.ShouldBeUsable();
        await using DebianSystem system = await DebianSystem.BootAsync(packages);
        await system.InstallAsync(packages.Files[0]);
        await using LiveCall call = await LiveCall.BeginAsync(system, "call", command => system.RunAsync($"rtpproxyctl send {command}"));

        await system.RunAsync("systemctl kill --signal HUP --kill-whom main rtpproxy");
        await system.BecomesAsync("journalctl -u rtpproxy | grep -c deorbiting", "1");
        (await system.TryAsync("rtpproxyctl send U other 127.0.0.1 4000 carol")).Output.Trim().ShouldBe("E99");
        await call.GoesOnAsync();
        await system.RunAsync("rtpproxyctl send D call alice");
        await system.BecomesAsync("systemctl is-active rtpproxy", "inactive");

        await system.RunAsync("systemctl start rtpproxy && rtpproxyctl send U call 127.0.0.1 4000 alice");
        await system.RunAsync("timeout 15 systemctl stop rtpproxy"); // one that does not end is killed after five, and has failed
        (await system.TryAsync("systemctl is-failed rtpproxy")).Output.Trim().ShouldBe("inactive");
        (await system.TryAsync("ls /run/rtpproxy")).Status.ShouldNotBe(0);
    }

    [Theory]
    [InlineData("true", "/usr/bin/rtpproxy")]
    [InlineData("false", "/usr/bin/rtpproxy (deleted)")]
    public async Task A_relay_of_a_unit_of_its_operator_is_upgraded_if_it_is_kept_and_else_left_alone(string isKept, string program)
    {
        packages.ShouldBeUsable();
        await using DebianSystem system = await DebianSystem.BootAsync(packages);
        await system.InstallAsync(packages.Files[0]);
        await system.RunAsync(
            $"sed -i '1i keep = {isKept}\\nforeground = true' /etc/rtpproxy/rtpproxy.toml && mkdir -p /etc/systemd/system/rtpproxy.service.d"
            + " && printf '[Service]\\nExecStart=\\nExecStart=/usr/bin/rtpproxy --config /etc/rtpproxy/rtpproxy.toml\\n' > /etc/systemd/system/rtpproxy.service.d/own.conf"
            + " && systemctl daemon-reload && systemctl restart rtpproxy");
        await using LiveCall call = await LiveCall.BeginAsync(system, "call", command => system.RunAsync($"rtpproxyctl send {command}"));

        string said = await system.InstallAsync(packages.Newer);

        said.Contains("nothing keeps the relay that runs (--keep)", StringComparison.Ordinal).ShouldBe(isKept == "false");
        await system.BecomesAsync(ProgramsThatRun, program);
        (await call.HangUpAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task An_upgrade_that_a_wrong_edit_prevents_is_told_and_the_relay_goes_on()
    {
        packages.ShouldBeUsable();
        await using DebianSystem system = await DebianSystem.BootAsync(packages);
        await system.InstallAsync(packages.Files[0]);
        await using LiveCall call = await LiveCall.BeginAsync(system, "call", command => system.RunAsync($"rtpproxyctl send {command}"));
        await system.RunAsync("echo 'tiemout = 5' >> /etc/rtpproxy/rtpproxy.toml");

        string said = await system.InstallAsync(packages.Newer);

        said.ShouldContain("rtpproxy: the relay goes on as the version before; its log says why. Then: systemctl reload rtpproxy");
        await system.SaysAsync("rtpproxy", "tiemout is unknown; expected timeout, perhaps");
        await system.RunAsync("sed -i /tiemout/d /etc/rtpproxy/rtpproxy.toml && systemctl reload rtpproxy");
        await system.BecomesAsync(ProgramsThatRun, "/usr/bin/rtpproxy");
        (await call.HangUpAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Edits_outlive_an_upgrade_and_a_purge_leaves_nothing()
    {
        packages.ShouldBeUsable();
        await using DebianSystem system = await DebianSystem.BootAsync(packages);
        string before = await FilesAsync(system);
        await system.InstallAsync(packages.Files);
        await system.RunAsync("echo '# mine' >> /etc/rtpproxy/rtpproxy.toml && echo RTPPROXY_OPTIONS=\\\"-m 40000\\\" > /etc/default/rtpproxy");
        await system.RunAsync("systemctl restart rtpproxy && systemctl enable --now sipedge rtpproxywatch && touch /var/log/rtpproxy/calls.json");

        await system.InstallAsync(packages.Newer);

        (await system.RunAsync("tail -n 1 /etc/rtpproxy/rtpproxy.toml")).ShouldBe("# mine");
        (await system.RunAsync("cat /etc/default/rtpproxy")).ShouldBe("RTPPROXY_OPTIONS=\"-m 40000\"");
        await system.RunAsync("dpkg --remove rtpproxy rtpproxy-sipedge");
        (await system.TryAsync("systemctl is-active rtpproxy sipedge")).Output.ShouldBe("inactive\ninactive\n");
        (await system.RunAsync("cat /etc/default/rtpproxy")).ShouldBe("RTPPROXY_OPTIONS=\"-m 40000\"");
        await system.RunAsync("dpkg --purge rtpproxy rtpproxy-sipedge");
        (await FilesAsync(system)).ShouldBe(before);
        (await system.RunAsync("grep -E 'rtpproxy|sipedge' /etc/passwd /etc/group /etc/shadow /etc/gshadow | wc -l")).ShouldBe("0");
        (await system.RunAsync("systemctl --no-legend list-unit-files 'rtpproxy*' 'sipedge*' | wc -l")).ShouldBe("0");
    }

    [Fact]
    public async Task Recordings_and_prompts_are_users_data_and_outlive_a_purge_with_their_owner()
    {
        packages.ShouldBeUsable();
        await using DebianSystem system = await DebianSystem.BootAsync(packages);
        await system.InstallAsync(packages.Files[0]);
        await using (LiveCall call = await LiveCall.BeginAsync(system, "call", command => system.RunAsync($"rtpproxyctl send {command}")))
        {
            (await system.RunAsync("rtpproxyctl send R call alice bob")).ShouldBe("0");
            await call.GoesOnAsync();
            await system.RunAsync("rtpproxyctl send D call alice");
        }

        await system.RunAsync("dpkg --purge rtpproxy");

        (await system.RunAsync("stat -c '%a %U %G' /var/spool/rtpproxy/* | sort -u")).ShouldBe("640 rtpproxy rtpproxy");
    }

    [Fact]
    public async Task Call_records_are_rotated_while_the_relay_writes_them()
    {
        packages.ShouldBeUsable();
        await using DebianSystem system = await DebianSystem.BootAsync(packages);
        await system.InstallAsync(packages.Files[0]);
        await system.RunAsync("echo 'RTPPROXY_OPTIONS=\"--cdr /var/log/rtpproxy/calls.json\"' > /etc/default/rtpproxy && systemctl restart rtpproxy");
        await EndACallAsync("first");

        await system.RunAsync("logrotate --force /etc/logrotate.d/rtpproxy");
        await EndACallAsync("second");

        (await system.RunAsync("grep -c first /var/log/rtpproxy/calls.json.1")).ShouldBe("1");
        (await system.TryAsync("grep -c first /var/log/rtpproxy/calls.json")).Output.ShouldBe("0\n");
        (await system.RunAsync("stat -c '%a %U %G' /var/log/rtpproxy/*")).ShouldBe("640 rtpproxy adm\n640 rtpproxy adm");

        async Task EndACallAsync(string callId)
        {
            await system.RunAsync($"rtpproxyctl send U {callId} 127.0.0.1 4000 alice && rtpproxyctl send D {callId} alice");
            await system.BecomesAsync($"grep -c {callId} /var/log/rtpproxy/calls.json", "1");
        }
    }

    [Fact]
    public async Task A_user_that_was_there_before_outlives_a_purge()
    {
        packages.ShouldBeUsable();
        await using DebianSystem system = await DebianSystem.StartWithoutSystemdAsync(packages);
        await system.RunAsync("useradd --create-home --uid 1234 rtpproxy && useradd --create-home --uid 1235 sipedge");

        await system.InstallAsync(packages.Files);
        await system.RunAsync("dpkg --purge rtpproxy rtpproxy-sipedge");

        (await system.RunAsync("id -u rtpproxy && id -g rtpproxy && id -u sipedge && id -g sipedge")).ShouldBe("1234\n1234\n1235\n1235");
    }

    [Fact]
    public async Task A_purge_leaves_a_user_whose_processes_run_and_says_so()
    {
        packages.ShouldBeUsable();
        await using DebianSystem system = await DebianSystem.StartWithoutSystemdAsync(packages);
        await system.InstallAsync(packages.Files);
        await system.BeginAsync("setpriv --reuid=rtpproxy --regid=rtpproxy --init-groups sleep infinity");
        await system.BeginAsync("setpriv --reuid=sipedge --regid=sipedge --init-groups sleep infinity");
        await system.BecomesAsync("for p in $(grep -lx sleep /proc/[0-9]*/comm); do stat -c %U ${p%/comm}; done | sort | xargs", "root rtpproxy sipedge");

        string said = await system.RunAsync("dpkg --purge rtpproxy rtpproxy-sipedge");

        said.ShouldContain("rtpproxy: the user rtpproxy stays, as processes of it run.");
        said.ShouldContain("rtpproxy-sipedge: the user sipedge stays, as processes of it run.");
        (await system.TryAsync("dpkg-query -W rtpproxy rtpproxy-sipedge")).Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_relay_whose_options_take_its_keeper_back_is_left_alone_by_an_upgrade()
    {
        packages.ShouldBeUsable();
        await using DebianSystem system = await DebianSystem.BootAsync(packages);
        await system.InstallAsync(packages.Files[0]);
        await system.RunAsync("echo 'RTPPROXY_OPTIONS=--keep=false' > /etc/default/rtpproxy && systemctl restart rtpproxy");
        await using LiveCall call = await LiveCall.BeginAsync(system, "call", command => system.RunAsync($"rtpproxyctl send {command}"));

        string said = await system.InstallAsync(packages.Newer);

        said.ShouldContain("nothing keeps the relay that runs (--keep)");
        await system.BecomesAsync(ProgramsThatRun, "/usr/bin/rtpproxy (deleted)");
        (await call.HangUpAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Without_systemd_the_same_package_installs_upgrades_and_goes()
    {
        packages.ShouldBeUsable();
        await using DebianSystem system = await DebianSystem.StartWithoutSystemdAsync(packages);
        string before = await FilesAsync(system);
        await system.RunAsync("rm /usr/bin/systemd-sysusers /usr/bin/systemd-tmpfiles");
        await system.InstallAsync(packages.Files[0]);
        (await system.RunAsync("stat -c '%a %U %G' /run/rtpproxy /var/spool/rtpproxy /var/log/rtpproxy"))
            .ShouldBe("750 rtpproxy rtpproxy\n2750 rtpproxy rtpproxy\n2750 rtpproxy adm");
        string command = await system.RunAsync("sed -n -e 's/[$][$]/$/g' -e 's/^ExecStart=//p' /usr/lib/systemd/system/rtpproxy.service");
        await system.BeginAsync($"setpriv --reuid=rtpproxy --regid=rtpproxy --init-groups -- {command}");
        await system.BecomesAsync("rtpproxyctl send V", "20040107");
        await using LiveCall call = await LiveCall.BeginAsync(system, "call", command => system.RunAsync($"rtpproxyctl send {command}"));

        string said = await system.InstallAsync(packages.Newer);
        await system.BecomesAsync(ProgramsThatRun, "/usr/bin/rtpproxy");
        await call.GoesOnAsync();

        said.ShouldNotContain("goes on as the version before");
        (await call.HangUpAsync()).ShouldBe(0);
        await system.RunAsync("dpkg --purge rtpproxy");
        (await system.RunAsync("readlink /proc/[0-9]*/exe | grep -c rtpproxy || true")).ShouldBe("0");
        (await FilesAsync(system)).Split('\n').Except(before.Split('\n')).ShouldBeEmpty();
    }

    [Fact]
    public async Task Tools_need_no_library_of_TLS()
    {
        packages.ShouldBeUsable();
        await using DebianSystem system = await DebianSystem.StartWithoutSystemdAsync(packages);
        await system.InstallAsync(packages.Files[0]);
        await system.RunAsync("rm /usr/lib/*/libssl.so.3 /usr/lib/*/libcrypto.so.3");
        await system.BeginAsync("rtpproxy -f -F -s udp:127.0.0.1:22222 -p /tmp/pid");

        await system.BecomesAsync("rtpproxyctl -s udp:127.0.0.1:22222 send V", "20040107");
        await system.RunAsync("rtpproxyctl -s udp:127.0.0.1:22222 ping");
    }

    [Fact]
    public async Task It_takes_the_place_of_RTPproxys_own_package_with_its_options_and_its_socket()
    {
        packages.ShouldBeUsable();
        await using DebianSystem system = await DebianSystem.BootAsync(packages);
        await MakeForeignAsync(system, "rtpproxy", "Section: net", version: "3.2.0-1");
        await system.RunAsync("mkdir -p /tmp/rtpproxy/etc/default && echo 'EXTRA_OPTS=' > /tmp/rtpproxy/etc/default/rtpproxy");
        await system.RunAsync("echo /etc/default/rtpproxy > /tmp/rtpproxy/DEBIAN/conffiles && dpkg-deb -b /tmp/rtpproxy /tmp/rtpproxy.deb && dpkg -i /tmp/rtpproxy.deb");
        const string Options = "CONTROL_SOCK=unix:/var/run/rtpproxy/mine.sock\nEXTRA_OPTS=\"-u rtpproxy:rtpproxy -l 127.0.0.1 -m 20000 -M 20999 -F -d DBUG:LOCAL5 -w 0660\"";
        await system.RunAsync($"printf '{Options}\n' > /etc/default/rtpproxy");

        // Newer than what is there, whatever is written behind the epoch: else it would be refused, and replaced at the next upgrade of the system.
        await system.RunAsync($"apt-get install -y --no-install-recommends -o Dpkg::Options::=--force-confold /mnt/{packages.Files[0]}");

        await system.BecomesAsync("rtpproxyctl -s unix:/run/rtpproxy/mine.sock send V", "20040107");
        (await system.RunAsync("stat -c '%a %U %G' /run/rtpproxy/mine.sock")).ShouldBe("660 rtpproxy rtpproxy");
        (await system.RunAsync("cat /etc/default/rtpproxy")).ShouldBe(Options);
        await system.SaysAsync("rtpproxy", "room: ports 20000 to 20999");
        (await system.RunAsync("journalctl -u rtpproxy")).ShouldNotContain("unset environment variable");
        await system.RunAsync("systemctl reload rtpproxy");
        await system.BecomesAsync("rtpproxyctl -s unix:/run/rtpproxy/mine.sock send V", "20040107");
    }

    [Fact]
    public async Task It_takes_the_place_of_what_others_call_rtpproxy()
    {
        packages.ShouldBeUsable();
        await using DebianSystem system = await DebianSystem.StartWithoutSystemdAsync(packages);
        await MakeForeignAsync(system, "rtpproxy-of-others", "Provides: rtpproxy");
        await MakeForeignAsync(system, "needs-rtpproxy", "Depends: rtpproxy (>= 3.0)");
        await system.RunAsync("dpkg -i /tmp/rtpproxy-of-others.deb");

        await system.RunAsync($"apt-get install -qq --no-install-recommends /mnt/{packages.Files[0]} && dpkg -i /tmp/needs-rtpproxy.deb");

        (await system.TryAsync("dpkg-query -W -f '${db:Status-Status}' rtpproxy-of-others")).Output.ShouldNotBe("installed");
        (await system.RunAsync("dpkg-query -W -f '${db:Status-Status}' rtpproxy")).ShouldBe("installed");
    }

    // Of the processes of the relay, which files are their programs; one that was replaced is told as "(deleted)".
    private const string ProgramsThatRun =
        "for p in $(grep -lx rtpproxy /proc/[0-9]*/comm); do readlink ${p%comm}exe; done | sort -u";

    private static Task<string> MakeForeignAsync(DebianSystem system, string name, string relation, string version = "1") => system.RunAsync(
        $"mkdir -p /tmp/{name}/DEBIAN /tmp/{name}/usr/bin && printf 'Package: {name}\\nVersion: {version}\\nArchitecture: all\\nMaintainer: Others <a@b.invalid>\\n"
        + $"{relation}\\nDescription: others\\n' > /tmp/{name}/DEBIAN/control && dpkg-deb -b /tmp/{name} /tmp/{name}.deb");

    // Everything but what dpkg and systemd keep for themselves.
    private static Task<string> FilesAsync(DebianSystem system) => system.RunAsync(
        "find /etc /usr /var /run /opt /srv /home /root -xdev -not -path '/var/lib/dpkg/*' -not -path '/var/log/journal*' -not -path '/run/systemd/*'"
        + " -not -path '/run/log/*' -not -path '/run/mount*' -not -path '/var/lib/systemd/*' -not -path '/etc/*-' -not -name '.pwd.lock' | sort");
}
