//! Answers of cloud services. Each has a shape of its own; what is common is in this file.

pub mod aliyun;
pub mod azure;
pub mod baidu;
pub mod google;
pub mod tencent;
pub mod textract;
