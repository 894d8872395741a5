using RtpProxy.Io.Tests.Hosts;

namespace RtpProxy.Io.Tests.ControlEndpoints;

/// <summary>Control protocol, section 1.4: idle connections do not keep others out.</summary>
public sealed class IdleConnectionTests
{
    public static TheoryData<string, string> Kinds
    {
        get
        {
            var kinds = new TheoryData<string, string>();
            foreach (string socket in new[] { "unix:DIR/u.sock", "cunix:DIR/c.sock", "tcp:127.0.0.1:0", "tcp6:::1:0" })
            {
                kinds.Add(socket, "");
                kinds.Add(socket, socket.StartsWith("unix", StringComparison.Ordinal) ? "" : "half a comma");
            }

            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Clients_that_say_nothing_or_half_a_line_give_way_to_those_who_come_later(string socket, string said)
    {
        await using HostUnderTest relay = HostUnderTest.Start([socket]);
        var idle = new List<ControlClient>();
        try
        {
            for (int i = 0; i < 99; i++)
            {
                idle.Add(await relay.ConnectAsync(0));
                await idle[i].SendAsync(said);
            }

            for (int i = 0; i < 20; i++)
            {
                using ControlClient client = await relay.ConnectAsync(0);
                (await client.AskAsync("V\n")).ShouldBe("20040107\n");
            }

            (await idle[0].ReadToEndAsync()).ShouldBeEmpty();
        }
        finally
        {
            idle.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task Those_that_never_sent_a_command_go_first_and_of_the_others_the_longest_idle()
    {
        await using HostUnderTest relay = HostUnderTest.Start(["cunix:DIR/c.sock"]);
        using ControlClient controller = await relay.ConnectAsync(0);
        (await controller.AskAsync("V\n")).ShouldBe("20040107\n");
        var idle = new List<ControlClient>();
        try
        {
            for (int i = 0; i < 150; i++)
            {
                idle.Add(await relay.ConnectAsync(0));
            }

            // The last of them is served by now, at the cost of the first.
            (await idle[^1].AskAsync("V\n")).ShouldBe("20040107\n");
            (await idle[0].ReadToEndAsync()).ShouldBeEmpty();
            (await controller.AskAsync("V\n")).ShouldBe("20040107\n");
        }
        finally
        {
            idle.ForEach(client => client.Dispose());
        }
    }
}
