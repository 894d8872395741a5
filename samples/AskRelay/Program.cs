using RtpProxy.Controller.Relays;

string relay = args.Length > 0 ? args[0] : "unix:/var/run/rtpproxy.sock";
await using var client = new RelayClient(RelayAddress.Parse(relay));
RelayAnswer<RelaySummary> summary = await client.SummaryAsync();
Console.WriteLine(summary.IsDone ? $"{summary.Value!.ActiveSessions} sessions" : $"{client.Name}: {summary}");
return summary.IsDone ? 0 : 1;
