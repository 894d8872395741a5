// A controller in a host: settings from appsettings.json, the environment or the command line, health, and calls that lost their media.
//
//   hosted --RtpProxy:Relays:0=udp:127.0.0.1:22222

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using RtpProxy.Controller;
using RtpProxy.Controller.Hosting;
using RtpProxy.Controller.Relays;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Services.AddRtpProxyController(builder.Configuration.GetSection("RtpProxy"));
builder.Services.AddHealthChecks().AddRtpProxyController();
builder.Services.AddSingleton<IMediaTimeoutHandler, LostCalls>();
builder.Services.AddHostedService<OneCall>();
await builder.Build().RunAsync();

// What stands for the SIP side of the program: it has the controller from the container, and offers, answers and ends a call.
internal sealed class OneCall(IRtpProxyController media, HealthCheckService health, IHostApplicationLifetime lifetime) : BackgroundService
{
    private const string Offered = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0 8\r\n";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var call = new MediaCall($"{Guid.NewGuid():N}@example.com", "alice");
        SdpResult offer = await media.OfferAsync(call, Offered, cancellationToken: stoppingToken);
        SdpResult answer = await media.AnswerAsync(call with { ToTag = "bob" }, Offered, cancellationToken: stoppingToken);
        CallResult end = await media.DeleteAsync(call, stoppingToken);
        HealthReport report = await health.CheckHealthAsync(stoppingToken);
        Console.WriteLine($"offer {offer.Outcome}, answer {answer.Outcome}, end {end.Outcome}, relays {report.Status}");
        lifetime.StopApplication();
    }
}

internal sealed class LostCalls : IMediaTimeoutHandler
{
    public ValueTask OnTimeoutAsync(TimeoutNotice notice, CancellationToken cancellationToken)
    {
        Console.WriteLine($"hang up {notice.TagText}: its media is lost");
        return ValueTask.CompletedTask;
    }
}
