using RtpProxy.Ctl;

return await CtlCommandLine.RunAsync(args);
