import { page } from "../../lib/page";

page({ data: {}, methods: {} });
