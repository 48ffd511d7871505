import { heardOfNetwork } from "./lib/modes";
import { flush } from "./lib/page";
import { service } from "./lib/service";

App({
  onLaunch() {
    wx.onNetworkStatusChange(({ isConnected }) => {
      heardOfNetwork(isConnected);
      if (isConnected) flush();
    });
    wx.getNetworkType({ success: ({ networkType }) => heardOfNetwork(networkType !== "none") });
    void service().start();
  },
  onShow() {
    flush();
  },
});
