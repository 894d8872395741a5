namespace RtpProxy.EndToEnd.Alone;

/// <summary>No port or no descriptor is left: an error for the newcomer, nothing for those who are there.</summary>
public sealed class UsedUp
{
    [Fact]
    public async Task When_ports_are_used_up_the_next_free_pair_is_found_again()
    {
        // Five pairs: two calls, and the first half of a third.
        await using LoneRelay relay = await LoneRelay.StartAsync("unix", "-m", "12000", "-M", "12009");
        using LoneCall first = await relay.CallAsync();
        using LoneCall second = await relay.CallAsync();
        (await relay.AskAsync("U half 127.0.0.1 4000 from to")).ShouldStartWith("120");
        (await relay.AskAsync("L half 127.0.0.1 4002 from to")).ShouldBe("E71");
        (await relay.AskAsync("U none 127.0.0.1 4000 from")).ShouldBe("E72");

        await first.ExchangeAsync();
        await second.ExchangeAsync();
        await first.DeleteAsync();
        (await relay.AskAsync("L half 127.0.0.1 4002 from to")).ShouldStartWith("120");
        (await relay.AskAsync("U last 127.0.0.1 4000 from to")).ShouldStartWith("120");
        (await relay.AskAsync("L last 127.0.0.1 4002 from to")).ShouldBe("E71");
        await second.ExchangeAsync();
        second.ShouldBeUndisturbed();

        (await relay.AskAsync("X")).ShouldBe("0");
        await relay.NothingShouldBeLeftAsync();
    }

    [Theory]
    [InlineData("unix")]
    [InlineData("udp")]
    public async Task When_descriptors_are_used_up_calls_and_commands_go_on_and_the_log_says_it_once(string controlKind)
    {
        await using LoneRelay relay = await LoneRelay.StartAsync(controlKind, "-L", "200", "--workers", "1");
        using LoneCall call = await relay.CallAsync();
        int made = 0;

        // The runtime holds a descriptor now and then itself, so one refusal is not the last word.
        for (int refused = 0; refused < 5; made++)
        {
            refused = await relay.AskAsync($"U more{made} 127.0.0.1 4000 from") == "E72" ? refused + 1 : 0;
            made.ShouldBeLessThan(200, "the limit has no effect");
        }

        for (int i = 0; i < 20; i++)
        {
            (await relay.AskAsync($"U never{i} 127.0.0.1 4000 from")).ShouldBe("E72");
            await call.ExchangeAsync();
        }

        // The connection that asks may itself take one or two of the descriptors that become free.
        (await relay.AskAsync("D more0 from")).ShouldBe("0");
        (await relay.AskAsync("D more1 from")).ShouldBe("0");
        (await relay.AskAsync("U again 127.0.0.1 4000 from")).ShouldNotStartWith("E");
        call.ShouldBeUndisturbed();
        relay.Daemon.Output.Split('\n').Count(line => line.Contains("no more descriptors for media ports", StringComparison.Ordinal))
            .ShouldBe(1);
        await call.DeleteAsync();
        (await relay.AskAsync("X")).ShouldBe("0");
        await relay.NothingShouldBeLeftAsync();
    }
}
