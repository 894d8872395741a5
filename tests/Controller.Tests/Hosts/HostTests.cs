using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RtpProxy.Controller.Hosting;
using RtpProxy.Controller.Relays;
using RtpProxy.Controller.Tests.Offers;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.Controller.Tests.Hosts;

/// <summary>A controller in the generic host, with relays on real sockets.</summary>
public sealed class HostTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_section_of_the_configuration_is_all_it_takes()
    {
        await using FakeRelay relay = FakeRelay.Start("udp", "127.0.1.1");
        using IHost host = Build(services => { }, ("Relays:0", relay.Url), ("Mark", "a=x-mine:yes"), ("MaxMedia", "1"));
        await host.StartAsync(Stop);
        IRtpProxyController media = host.Services.GetRequiredService<IRtpProxyController>();
        SdpResult offer = await media.OfferAsync(new MediaCall("call-1", "a"), TestMessages.Sdp, cancellationToken: Stop);
        offer.Sdp!.ShouldContain("c=IN IP4 127.0.1.1");
        offer.Sdp!.ShouldContain("a=x-mine:yes");
        SdpResult two = await media.OfferAsync(new MediaCall("call-2", "a"), TestMessages.AudioVideo, cancellationToken: Stop);
        two.Refusal!.Status.ShouldBe(488);
        host.Services.GetRequiredService<CallMedia>().ShouldNotBeNull();
        await host.StopAsync(Stop);
    }

    [Fact]
    public async Task Settings_that_cannot_be_meant_end_the_start_and_are_all_named()
    {
        using IHost host = Build(
            services => { },
            ("Relays:0", "upd:127.0.0.1:22222"), ("ReplyTimeout", "00:00:00"), ("Transmissions", "0"), ("TimeoutListener", "here"));
        OptionsValidationException error = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync(Stop));
        error.Failures.Count().ShouldBe(4);
        error.Message.ShouldContain("Relays: 'upd:127.0.0.1:22222': ");
        error.Message.ShouldContain("ReplyTimeout is 00:00:00; expected a time above zero");
        error.Message.ShouldContain("Transmissions is 0; expected 1 or more");
        error.Message.ShouldContain("TimeoutListener is 'here'; expected unix:PATH or tcp:ADDRESS:PORT");

        using IHost none = Build(services => { });
        error = await Should.ThrowAsync<OptionsValidationException>(() => none.StartAsync(Stop));
        error.Message.ShouldContain("Relays is empty");
    }

    [Theory]
    [InlineData("ReplyTimeout", "5", "ReplyTimeout is 5.00:00:00; expected at most 01:00:00 (a number alone is days: five seconds are 00:00:05)")]
    [InlineData("DisableTime", "60", "DisableTime is 60.00:00:00; expected at most 23:00:00")]
    [InlineData("DrainTime", "100.00:00:00", "DrainTime is 100.00:00:00; expected at most 49.00:00:00")]
    [InlineData("ProbeInterval", "60", "ProbeInterval is 60.00:00:00; expected at most 23:00:00")]
    [InlineData("RestTime", "-00:00:01", "RestTime is -00:00:01; expected a time of 0 or more")]
    [InlineData("Relays:0", " ", "Relays: ' ' names no relay; expected one, such as udp:127.0.0.1:22222")]
    [InlineData("Mark", "a=x\r\na=y", "Mark has more than one line")]
    [InlineData("TimeoutSocket", "tcp:192.0.2.1: 9000", "TimeoutSocket is 'tcp:192.0.2.1: 9000'; expected unix:PATH or tcp:ADDRESS:PORT, without blanks")]
    [InlineData("TimeoutSocket", "here", "TimeoutSocket is 'here'; expected unix:PATH or tcp:ADDRESS:PORT, without blanks")]
    [InlineData("TimeoutListener", "tcp:0.0.0.0:9000", "TimeoutListener is 'tcp:0.0.0.0:9000', an address that no relay can connect to; expected TimeoutSocket as well")]
    [InlineData("TimeoutListener", "tcp:192.0.2.1:9000", "TimeoutListener is 'tcp:192.0.2.1:9000', where nothing can listen: ")]
    [InlineData("TimeoutListener", "unix:/no/such/place", "TimeoutListener is 'unix:/no/such/place', where nothing can listen: ")]
    public async Task A_setting_that_cannot_be_meant_is_named_with_its_value_and_what_was_expected(string name, string value, string message)
    {
        using IHost host = Build(services => { }, [.. new[] { ("Relays:0", "udp:127.0.0.1:22222") }.Where(one => one.Item1 != name), (name, value)]);
        OptionsValidationException error = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync(Stop));
        error.Failures.ShouldHaveSingleItem().ShouldStartWith(message);
    }

    [Fact]
    public async Task A_container_without_logging_may_be_validated_and_be_disposed_in_either_way()
    {
        await using FakeRelay relay = FakeRelay.Start("udp", "127.0.1.1");
        ServiceCollection services = new();
        services.AddRtpProxyController(options =>
        {
            options.Relays.Add(relay.Url);
            options.TimeoutListener = "tcp:127.0.0.1:0";
        });
        ServiceProviderOptions strict = new() { ValidateOnBuild = true, ValidateScopes = true };
        IRtpProxyController media;
        using (ServiceProvider provider = services.BuildServiceProvider(strict))
        {
            media = provider.GetRequiredService<IRtpProxyController>();
            provider.GetServices<IHostedService>().Count().ShouldBe(2);
            (await media.OfferAsync(new MediaCall("call-1", "a"), TestMessages.Sdp, cancellationToken: Stop)).IsDone.ShouldBeTrue();
        }

        SdpResult late = await media.OfferAsync(new MediaCall("call-2", "a"), TestMessages.Sdp, cancellationToken: Stop);
        late.Outcome.ShouldBe(MediaOutcome.NoRelay);
        late.Reason.ShouldContain("its RelaySets is disposed");
    }

    [Fact]
    public async Task An_empty_socket_for_time_outs_is_that_of_the_listener()
    {
        await using FakeRelay relay = FakeRelay.Start("udp", "127.0.1.1");
        using IHost host = Build(
            services => { }, ("Relays:0", relay.Url), ("TimeoutListener", "tcp:127.0.0.1:0"), ("TimeoutSocket", ""));
        await host.StartAsync(Stop);

        await host.Services.GetRequiredService<IRtpProxyController>()
            .OfferAsync(new MediaCall("call-1", "a"), TestMessages.Sdp, cancellationToken: Stop);

        relay.Commands.ShouldContain(command => command.Contains(" tcp:127.0.0.1:", StringComparison.Ordinal));
        await host.StopAsync(Stop);
    }

    [Fact]
    public async Task A_relay_that_has_never_answered_is_not_healthy()
    {
        await using FakeRelay there = FakeRelay.Start("udp", "127.0.1.1");
        await using FakeRelay silent = FakeRelay.Start("udp", _ => ValueTask.FromResult<string?>(null));
        using IHost both = Build(services => { }, ("Relays:0", $"{there.Url} {silent.Url}"));
        (await HealthOfAsync(both)).ShouldBe((HealthStatus.Degraded, $"down: {silent.Url}"));
        using IHost none = Build(services => { }, ("Relays:0", silent.Url));
        (await HealthOfAsync(none)).ShouldBe((HealthStatus.Unhealthy, "no relay of set 0 is up"));
        using IHost one = Build(services => { }, ("Relays:0", there.Url));
        (await HealthOfAsync(one)).ShouldBe((HealthStatus.Healthy, "all relays are up"));
    }

    [Fact]
    public async Task Health_is_that_of_the_relays()
    {
        await using FakeRelay first = FakeRelay.Start("udp", "127.0.1.1");
        await using FakeRelay second = FakeRelay.Start("udp", "127.0.1.2");
        using IHost host = Build(services => { }, ("Relays:0", $"{first.Url} {second.Url}"));
        await host.StartAsync(Stop);
        RelaySets sets = host.Services.GetRequiredService<RelaySets>();
        await sets.ProbeDueAsync(Stop);
        (await HealthOfAsync(host)).ShouldBe((HealthStatus.Healthy, "all relays are up"));
        sets.SetEnabled(first.Url, false);
        (await HealthOfAsync(host)).ShouldBe((HealthStatus.Degraded, $"down: {first.Url}"));
        sets.SetEnabled(second.Url, false);
        (await HealthOfAsync(host)).ShouldBe((HealthStatus.Unhealthy, "no relay of set 0 is up"));
        await host.StopAsync(Stop);
    }

    [Fact]
    public async Task Relays_are_probed_without_a_call_and_again_after_their_time()
    {
        var time = new ManualTime();
        bool answers = false;
        var plausible = new PlausibleAnswers("127.0.1.1");
        await using FakeRelay relay = FakeRelay.Start("udp", command => answers ? plausible.Answer(command) : "E0");
        using IHost host = Build(services => services.AddSingleton<TimeProvider>(time), ("Relays:0", relay.Url), ("DisableTime", "00:00:30"));
        RelaySets sets = host.Services.GetRequiredService<RelaySets>();
        var told = Channel.CreateUnbounded<string>();
        sets.NodeUp += (_, _) => told.Writer.TryWrite("up");
        sets.NodeDown += (_, _) => told.Writer.TryWrite("down");
        await host.StartAsync(Stop);
        (await told.Reader.ReadAsync(Stop)).ShouldBe("down");
        answers = true;
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(10));
                return told.Reader.TryPeek(out _);
            },
            "the relay is probed again");
        (await told.Reader.ReadAsync(Stop)).ShouldBe("up");
        await host.StopAsync(Stop);
    }

    [Fact]
    public async Task Handlers_hear_of_lost_media_and_offers_name_where()
    {
        await using FakeRelay relay = FakeRelay.Start("udp", "127.0.1.1");
        string path = Path.Combine(Path.GetTempPath(), $"lost-{Guid.NewGuid():N}.sock");
        var heard = new Heard();
        using IHost host = Build(
            services => services.AddSingleton<IMediaTimeoutHandler>(new Failing()).AddSingleton<IMediaTimeoutHandler>(heard),
            ("Relays:0", relay.Url), ("TimeoutListener", $"unix:{path}"));
        await host.StartAsync(Stop);
        IRtpProxyController media = host.Services.GetRequiredService<IRtpProxyController>();
        (await media.OfferAsync(new MediaCall("call-1", "a"), TestMessages.Sdp, cancellationToken: Stop)).IsDone.ShouldBeTrue();
        relay.Commands[^1].ShouldEndWith($" a;1 unix:{path} call-1");

        using var daemon = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await daemon.ConnectAsync(new UnixDomainSocketEndPoint(path), Stop);
        await daemon.SendAsync("call-1\ncall-2\n"u8.ToArray(), Stop);
        (await heard.Tags.Reader.ReadAsync(Stop)).ShouldBe("call-1");
        (await heard.Tags.Reader.ReadAsync(Stop)).ShouldBe("call-2");
        await host.StopAsync(Stop);
    }

    [Fact]
    public async Task A_changed_configuration_replaces_the_relays_and_a_wrong_one_nothing()
    {
        await using FakeRelay first = FakeRelay.Start("udp", "127.0.1.1");
        await using FakeRelay second = FakeRelay.Start("udp", "127.0.1.2");
        using IHost host = Build(services => { }, ("Relays:0", first.Url));
        var configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        RelaySets sets = host.Services.GetRequiredService<RelaySets>();
        await host.StartAsync(Stop);

        // The service subscribes as it starts, on another thread.
        await Eventually.TrueAsync(() => first.Commands.Count > 0, "the relay is probed");
        configuration["RtpProxy:Relays:0"] = "nonsense:";
        configuration["RtpProxy:Transmissions"] = "0";
        configuration.Reload();
        sets.List().Select(node => node.Url).ShouldBe([first.Url]);
        configuration["RtpProxy:Relays:0"] = second.Url;
        configuration["RtpProxy:Transmissions"] = "3";
        configuration.Reload();
        sets.List().Select(node => node.Url).ShouldBe([second.Url]);
        await host.StopAsync(Stop);
    }

    [Fact]
    public async Task Options_may_be_set_in_code()
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddLogging()
            .AddRtpProxyController(options => options.Relays.Add("udp:127.0.0.1:22222"))
            .BuildServiceProvider();
        services.GetRequiredService<RelaySets>().List().ShouldHaveSingleItem().Url.ShouldBe("udp:127.0.0.1:22222");
    }

    private static IHost Build(Action<IServiceCollection> configure, params (string Name, string Value)[] settings)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings.Select(one => KeyValuePair.Create($"RtpProxy:{one.Name}", (string?)one.Value)));
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace));
        configure(builder.Services);
        builder.Services.AddRtpProxyController(builder.Configuration.GetSection("RtpProxy"));
        builder.Services.AddHealthChecks().AddRtpProxyController();
        return builder.Build();
    }

    private static async Task<(HealthStatus Status, string? Description)> HealthOfAsync(IHost host)
    {
        HealthReport report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Stop);
        HealthReportEntry entry = report.Entries["rtpproxy"];
        return (entry.Status, entry.Description);
    }

    private sealed class Heard : IMediaTimeoutHandler
    {
        public Channel<string> Tags { get; } = Channel.CreateUnbounded<string>();

        public ValueTask OnTimeoutAsync(TimeoutNotice notice, CancellationToken cancellationToken) =>
            Tags.Writer.WriteAsync(notice.TagText, cancellationToken);
    }

    private sealed class Failing : IMediaTimeoutHandler
    {
        public ValueTask OnTimeoutAsync(TimeoutNotice notice, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("a handler of somebody");
    }
}
