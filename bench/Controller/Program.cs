using System.Globalization;
using RtpProxy.Controller.Relays;
using RtpProxy.ControllerLoad;

// controller-load SECONDS URL...: round trips per second of RelayClient with 1, 10 and 100 commands in flight.
if (args is not [var secondsText, .. { Length: > 0 } urls]
    || !double.TryParse(secondsText, CultureInfo.InvariantCulture, out double seconds) || seconds is not (> 0 and <= 60))
{
    Console.Error.WriteLine("expected: controller-load SECONDS URL...");
    return 2;
}

Console.WriteLine("| control socket | in flight | round trips/s | p50 ms | p99 ms | without reply |");
Console.WriteLine("|---|---|---|---|---|---|");
foreach (string url in urls)
{
    foreach (int inFlight in (int[])[1, 10, 100])
    {
        await using var client = new RelayClient(RelayAddress.Parse(url));
        await RoundTripRun.MeasureAsync(client, inFlight, TimeSpan.FromSeconds(0.3)); // Code is compiled, sockets are open.
        RoundTripRun run = await RoundTripRun.MeasureAsync(client, inFlight, TimeSpan.FromSeconds(seconds));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {client.Address.Transport.ToString().ToLowerInvariant()} | {inFlight} | {run.PerSecond:N0} | {run.Percentile(50):0.00} | {run.Percentile(99):0.00} | {run.Lost} |"));
    }
}

return 0;
