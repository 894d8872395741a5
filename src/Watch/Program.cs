using RtpProxy.Watch.CommandLine;

return await WatchCommandLine.RunAsync(args);
