using System.Runtime.Versioning;
using RtpProxy.Io.Posix.Processes;
using RtpProxy.TestKit.Conversations;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Processes;

/// <summary>Changing identity needs the superuser; without it the daemon must say so and not start.</summary>
[SupportedOSPlatform("linux")]
public class IdentityTests
{
    private const string User = "nobody";
    private const string Group = "daemon";

    private static uint UserId => Accounts.FindUser(User).ShouldNotBeNull().UserId;

    private static uint PrimaryGroupId => Accounts.FindUser(User).ShouldNotBeNull().GroupId;

    private static uint GroupId => Accounts.FindGroup(Group).ShouldNotBeNull();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task User_and_group_of_all_threads_change_for_good(bool foreground)
    {
        if (await IsRefusedAsync($"{User}:{Group}"))
        {
            return;
        }

        await using DaemonProcess daemon = await StartAsync($"{User}:{Group}", foreground);

        ShouldBeFourTimes(daemon, "Uid", UserId);
        ShouldBeFourTimes(daemon, "Gid", GroupId);
        ProcessFacts.OfThreads(daemon.Id, "Groups").ShouldBe([GroupsOf(GroupId)]);
        (await daemon.AskAsync("U call 127.0.0.1 4000 tag")).ShouldNotStartWith("E");

        // Threads that start later too.
        ShouldBeFourTimes(daemon, "Uid", UserId);
    }

    [Fact]
    public async Task A_user_alone_brings_its_primary_group()
    {
        if (await IsRefusedAsync(User))
        {
            return;
        }

        await using DaemonProcess daemon = await StartAsync(User);

        ShouldBeFourTimes(daemon, "Uid", UserId);
        ShouldBeFourTimes(daemon, "Gid", PrimaryGroupId);
    }

    [Fact]
    public async Task A_group_alone_leaves_the_user()
    {
        if (await IsRefusedAsync($":{Group}"))
        {
            return;
        }

        await using DaemonProcess daemon = await StartAsync($":{Group}");

        ShouldBeFourTimes(daemon, "Uid", 0);
        ShouldBeFourTimes(daemon, "Gid", GroupId);
        ProcessFacts.OfThreads(daemon.Id, "Groups").ShouldBe([$"{GroupId}"]);
    }

    [Theory]
    [InlineData("0660", "660")]
    [InlineData("432", "660")]
    [InlineData("0777", "777")]
    [InlineData(null, "755")]
    public async Task The_socket_gets_the_mode_when_a_group_is_named(string? mode, string octal)
    {
        if (await IsRefusedAsync($"{User}:{Group}"))
        {
            return;
        }

        await using DaemonProcess daemon = await StartAsync($"{User}:{Group}", options: mode is null ? [] : ["-w", mode]);

        File.GetUnixFileMode(daemon.Directory.File("unix.sock")).ShouldBe((UnixFileMode)Convert.ToInt32(octal, 8));
    }

    [Fact]
    public async Task A_mode_that_is_named_needs_no_group()
    {
        if (await IsRefusedAsync(User))
        {
            return;
        }

        await using DaemonProcess daemon = await StartAsync(User, options: ["-w", "0600"]);

        File.GetUnixFileMode(daemon.Directory.File("unix.sock")).ShouldBe((UnixFileMode)Convert.ToInt32("600", 8));
    }

    [Fact]
    public async Task A_mode_that_is_named_needs_no_change_of_user()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(
            new DaemonSettings { Transports = [Transport.Unix], Options = ["-w", "0660"] });

        File.GetUnixFileMode(daemon.Directory.File("unix.sock")).ShouldBe((UnixFileMode)Convert.ToInt32("660", 8));
    }

    private static async Task<DaemonProcess> StartAsync(string who, bool foreground = true, params string[] options)
    {
        return await DaemonProcess.StartAsync(
            new DaemonSettings { Transports = [Transport.Unix], Options = ["-u", who, .. options], Foreground = foreground },
            directory => File.SetUnixFileMode(directory.Path, (UnixFileMode)Convert.ToInt32("777", 8)));
    }

    private static async Task<bool> IsRefusedAsync(string who)
    {
        if (ProcessFacts.AmSuperuser)
        {
            return false;
        }

        using WorkingDirectory directory = new();
        ProgramResult result = await DaemonProcess.RunInAsync(
            directory, "-f", "-u", who, "-s", directory.File("x.sock"), "-p", directory.File("pid"));
        result.Status.ShouldBe(1);
        result.Error.ShouldNotBeEmpty();
        return true;
    }

    private static void ShouldBeFourTimes(DaemonProcess daemon, string field, uint id) =>
        ProcessFacts.OfThreads(daemon.Id, field).ShouldBe([$"{id}\t{id}\t{id}\t{id}"]);

    // What initgroups(3) makes of /etc/group: the group named, and those that list the user.
    private static string GroupsOf(uint named)
    {
        IEnumerable<uint> listed = File.ReadLines("/etc/group")
            .Select(line => line.Split(':'))
            .Where(fields => fields.Length == 4 && fields[3].Split(',').Contains(User))
            .Select(fields => uint.Parse(fields[2], System.Globalization.CultureInfo.InvariantCulture));
        return string.Join(' ', listed.Append(named).Distinct().Order());
    }
}
