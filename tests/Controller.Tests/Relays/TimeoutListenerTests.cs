using System.Net;
using System.Net.Sockets;
using RtpProxy.Controller.Relays;
using RtpProxy.TestKit;

namespace RtpProxy.Controller.Tests.Relays;

public sealed class TimeoutListenerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("unix")]
    [InlineData("tcp")]
    public async Task A_tag_is_handed_over_without_its_line_end(string scheme)
    {
        await using TimeoutListener listener = Listen(scheme);
        using Socket daemon = Connect(listener);

        daemon.Send("Tabc def\n\nT1"u8);
        daemon.Send(".2\nhalf"u8);
        List<TimeoutNotice> notices = await TakeAsync(listener, 2);

        notices.Select(notice => notice.TagText).ShouldBe(["Tabc def", "T1.2"]);
        notices[0].Node.ShouldBe(scheme == "tcp" ? IPAddress.Loopback : null);
    }

    [Fact]
    public async Task Any_byte_but_LF_may_stand_in_a_tag()
    {
        await using TimeoutListener listener = Listen("tcp");
        using Socket daemon = Connect(listener);
        byte[] tag = [.. Enumerable.Range(0, 256).Where(value => value != '\n').Select(value => (byte)value)];

        daemon.Send([.. tag, (byte)'\n']);

        (await TakeAsync(listener, 1))[0].Tag.ShouldBe(tag);
    }

    [Fact]
    public async Task A_line_without_an_end_closes_its_connection_and_no_other()
    {
        await using TimeoutListener listener = Listen("tcp");
        using Socket hostile = Connect(listener);
        using Socket daemon = Connect(listener);

        hostile.Send(new byte[TimeoutListener.MaxTagLength + 1]);
        await Eventually.TrueAsync(() => listener.Dropped == 1);
        daemon.Send("good\n"u8);

        (await TakeAsync(listener, 1))[0].TagText.ShouldBe("good");
        hostile.Poll(TimeSpan.FromSeconds(5), SelectMode.SelectRead).ShouldBeTrue();
    }

    [Fact]
    public async Task Connections_beyond_the_bound_are_closed_until_others_go()
    {
        await using TimeoutListener listener = Listen("unix");
        var connections = new List<Socket>();
        for (int i = 0; i < TimeoutListener.MaxConnections; i++)
        {
            connections.Add(Connect(listener));
            connections[i].Send("x\n"u8);
            await TakeAsync(listener, 1);
        }

        using Socket surplus = Connect(listener);
        await Eventually.TrueAsync(() => listener.Dropped == 1);
        connections.ForEach(connection => connection.Dispose());

        Task<List<TimeoutNotice>> reading = TakeAsync(listener, 1);
        await Eventually.TrueAsync(() =>
        {
            using Socket next = Connect(listener);
            next.Send("later\n"u8, SocketFlags.None, out _);
            return reading.IsCompleted;
        });
        (await reading)[0].TagText.ShouldBe("later");
    }

    [Fact]
    public async Task A_socket_left_by_a_former_process_is_replaced_and_an_ordinary_file_is_not()
    {
        string path = NewPath();
        using (var stale = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            stale.Bind(new UnixDomainSocketEndPoint(path));
            File.Move(path, path + ".old");
            File.Move(path + ".old", path);
        }

        string file = NewPath();
        await File.WriteAllTextAsync(file, "", Stop);

        await using (TimeoutListener listener = TimeoutListener.ListenUnix(path))
        {
            listener.NotifySocket.ShouldBe("unix:" + path);
        }

        File.Exists(path).ShouldBeFalse();
        Should.Throw<IOException>(() => TimeoutListener.ListenUnix(file)).Message.ShouldContain("is no socket");
        File.Exists(file).ShouldBeTrue();
        File.Delete(file);
    }

    [Fact]
    public async Task Reading_ends_when_the_listener_does()
    {
        TimeoutListener listener = Listen("tcp");
        using Socket daemon = Connect(listener);
        Task<List<TimeoutNotice>> reading = TakeAsync(listener, 5);

        await listener.DisposeAsync();

        (await reading).ShouldBeEmpty();
    }

    private static TimeoutListener Listen(string scheme) =>
        scheme == "tcp" ? TimeoutListener.ListenTcp(new IPEndPoint(IPAddress.Loopback, 0)) : TimeoutListener.ListenUnix(NewPath());

    private static string NewPath() => Path.Combine(Path.GetTempPath(), $"notify-{Guid.NewGuid():N}.sock");

    private static Socket Connect(TimeoutListener listener)
    {
        string where = listener.NotifySocket;
        EndPoint remote = where.StartsWith("tcp:", StringComparison.Ordinal)
            ? IPEndPoint.Parse(where[4..])
            : new UnixDomainSocketEndPoint(where[5..]);
        var socket = new Socket(remote.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(remote);
        return socket;
    }

    private static async Task<List<TimeoutNotice>> TakeAsync(TimeoutListener listener, int count)
    {
        List<TimeoutNotice> notices = [];
        await foreach (TimeoutNotice notice in listener.ReadAllAsync(Stop))
        {
            notices.Add(notice);
            if (notices.Count == count)
            {
                break;
            }
        }

        return notices;
    }
}
